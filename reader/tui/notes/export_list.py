"""The formats that notes can be written in, at the foot of the screen."""

from reader.amounts import amount
from reader.exporters import EXPORTERS
from reader.notebook.exporting import sections_of, write_export
from reader.tui.prompts.picker import Choice, Picker
from reader.workspace import Workspace

SUFFIXES = {"markdown": "md"}
"""What a file of a format ends in, if not in the name of the format."""


class ExportList(Picker):
    """Formats, each with the file that it would be written to. Closes with the number of one.

    Args:
        workspace: What is open; the file is written into its folder.
        query: Which notes are meant; "" for everything.
    """

    def __init__(self, workspace: Workspace, query: str) -> None:
        self._workspace = workspace
        self._query = query
        self._forms = tuple(EXPORTERS)
        choices = (Choice(f"{form}: {EXPORTERS[form].words}", _file_of(form)) for form in self._forms)
        super().__init__(tuple(choices), hint="type to narrow, Enter writes the file into the workspace")

    def write(self, number: int) -> str:
        """Write the export of a format. Returns what was done, in words.

        Raises:
            Conflict: The file was made by somebody else.
            NotWritable: It cannot be written.
        """
        form = self._forms[number]
        sections = sections_of(self._workspace.notebook, self._workspace.summaries(), self._query)
        path = self._workspace.root / _file_of(form)
        is_new = write_export(EXPORTERS[form], EXPORTERS[form].write(sections), path)
        passages = sum(len(section.annotations) for section in sections)
        return f"{'written' if is_new else 'unchanged'}: {amount(passages, 'passage')} · {path}"


def _file_of(form: str) -> str:
    return f"notes.{SUFFIXES.get(form, form)}"
