"""What people read for each thing that the team can be told."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from matcher.domain.report import Category

CATEGORIES: Mapping[Category, str] = {
    Category.UNSAFE: _l("I did not feel safe"),
    Category.CONTACT: _l("They asked for my name, a place, a photo or another contact"),
    Category.SEX: _l("Sexual talk or advances"),
    Category.MONEY: _l("They asked for money"),
    Category.THREAT: _l("A threat, or blackmail"),
    Category.UNKIND: _l("Hurtful words"),
    Category.PREACHING: _l("Preaching, or pushing me"),
    Category.OTHER: _l("Something else that is not right"),
}
