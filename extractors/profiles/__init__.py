"""Publishers as data: what a site's own profile reads off a page, for users' sites and for those where no general answer can be right."""

from extractors.profiles.find import find
from extractors.profiles.load import PACKAGED, Site, read_profile
from extractors.profiles.reading import guide_to, part_lines

__all__ = ["PACKAGED", "Site", "find", "guide_to", "part_lines", "read_profile"]
