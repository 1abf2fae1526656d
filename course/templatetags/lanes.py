"""The lanes in templates: {% lane "redis" %}, {% lane_key %}, {% icon "run" %}."""

from django import template

from authoring import lanes

register = template.Library()
register.simple_tag(lanes.lane_html, name="lane")
register.simple_tag(lanes.lane_key, name="lane_key")
register.simple_tag(lanes.icon, name="icon")
register.simple_tag(lanes.route, name="route")
register.simple_tag(lanes.lane_squares, name="lane_squares")
