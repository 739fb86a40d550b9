"""Everything that a browser sends and is told, written down for a test."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page, Request, Response


@dataclass
class Heard:
    """What went over the wire, and what the browser's window showed around the page."""

    sent: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def names(self, *secrets: str) -> list[str]:
        """List in which addresses, headers and titles any of these secrets stands."""
        around = [*self.addresses, *self.headers, *self.titles]
        return [one for one in around if any(s.lower() in one.lower() for s in secrets)]

    def posted(self, *secrets: str) -> list[str]:
        """List which of these secrets stand in what was posted."""
        posted = "\n".join(self.sent).lower()
        return [secret for secret in secrets if secret.lower() in posted]


def listen(context: BrowserContext) -> Heard:
    """Write down everything from now on."""
    heard = Heard()

    def note_request(request: Request) -> None:
        heard.addresses.append(request.url)
        heard.sent.append(request.post_data or "")
        heard.headers.append(str(request.headers))

    def note_response(response: Response) -> None:
        heard.headers.append(str(response.headers))

    def note_page(page: Page) -> None:
        page.on("pageerror", lambda error: heard.complaints.append(error.message))
        page.on("domcontentloaded", lambda page: heard.titles.append(page.title()))
        page.on("console", lambda said: heard.complaints.append(said.text))

    context.on("request", note_request)
    context.on("response", note_response)
    context.on("page", note_page)
    return heard
