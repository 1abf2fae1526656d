"""Figures as the pages of staff print them; a dash where there is none."""

from django import template

register = template.Library()
NONE = "\u2013"


@register.filter
def percent(share: float | str | None) -> str:
    """A share from 0 to 1 in whole percent; a template gives an empty text for the share of something that is None."""
    return f"{share:.0%}" if isinstance(share, float) else NONE


@register.filter
def correlation(r: float | None) -> str:
    """A correlation with two digits and a real minus."""
    return NONE if r is None else f"{r:.2f}".replace("-", "\u2212")


@register.filter
def seconds(time_ms: float | None) -> str:
    """A time in milliseconds, printed in seconds."""
    return NONE if time_ms is None else f"{time_ms / 1000:.1f} s"
