"""The classroom: JupyterLab for people who do not program, and whether this computer can run it."""

from crmkit.lab.checkup import doctor
from crmkit.lab.server import Lab, course_root, open_lab, prepare_lab, progress_folder, start_page

__all__ = [
    "Lab",
    "course_root",
    "doctor",
    "open_lab",
    "prepare_lab",
    "progress_folder",
    "start_page",
]
