"""Where a block stands in its page, in words a reader understands, from what its elements are called."""

from types import MappingProxyType

_PLACES = {
    "in the menu of the page": "nav navbar navigation menu submenu subnav masthead tab tabs hamburger skip",
    "in the header of the page": "header head top banner hero logo brand",
    "in the foot of the page": "footer foot bottom contentinfo",
    "beside the text": "aside sidebar complementary secondary right left widget region",
    "among the comments": "comment comments disqus reply respond discussion",
    "among links to other stories": "related recommend recommended recommendations popular trending latest"
    " recent more readmore also teaser next prev pagination pager outbrain taboola breaking ticker feed"
    " stream loop",
    "among buttons for sharing": "share sharing social facebook twitter follow like likes vote votes",
    "in an invitation to subscribe": "newsletter newsletters subscribe subscription signup paywall premium"
    " cta interstitial",
    "in an advertisement": "ad ads advert advertisement sponsor sponsored promo promotion product"
    " buy shop price",
    "in a notice on cookies": "cookie cookies consent gdpr",
    "where one logs in": "login register account user",
    "where the page says who wrote it, and when": "author byline bio profile about meta date time published",
    "in a list of tags": "tag tags category categories",
    "in the way to this page": "breadcrumb breadcrumbs crumb",
    "in a contents list": "toc index",
    "in a form": "form button btn input label search poll survey",
    "beside a picture or a film": "figure caption credit image gallery video player",
    "in a notice on rights": "copyright legal disclaimer terms",
    "in a window over the page": "modal popup overlay dialog",
    "among tools of the page": "tool tools toolbar print email",
    "among what is meant to be read aloud": "aria screen sr",
}
_PLACE_BY_NAME = MappingProxyType({name: place for place, names in _PLACES.items() for name in names.split()})


def place_called(name: str) -> str:
    """Say where what stands in an element of a name stands; "" if the name tells a reader nothing."""
    return _PLACE_BY_NAME.get(name.strip("<>@=!"), "")
