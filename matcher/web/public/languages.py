"""What languages call themselves; asking Babel costs a megabyte of memory for each of them."""

from collections.abc import Mapping

from babel import Locale

from matcher.domain.profile import Language
from matcher.web.common.i18n import locale

OWN_NAMES: Mapping[str, str] = {
    "am": "አማርኛ",
    "ar": "العربية",
    "bn": "বাংলা",
    "de": "Deutsch",
    "en": "English",
    "es": "español",
    "fa": "فارسی",
    "fr": "français",
    "he": "עברית",
    "hi": "हिन्दी",
    "it": "italiano",
    "ku": "kurdî (kurmancî)",
    "nl": "Nederlands",
    "pl": "polski",
    "pt": "português",
    "ru": "русский",
    "so": "Soomaali",
    "sw": "Kiswahili",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "українська",
    "ur": "اردو",
    "zh": "中文",
}


def language_name(code: Language) -> str:
    """Name a language in itself and in the language of the page."""
    known = Locale.parse(code)
    own = OWN_NAMES.get(code) or known.get_display_name() or code
    here = known.get_display_name(locale())
    names = [own] if not here or own == here else [own, here]
    return " · ".join(name[:1].upper() + name[1:] for name in names)
