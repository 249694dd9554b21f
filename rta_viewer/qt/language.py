"""English or Arabic: Qt's translations for the program's own sentences and for those of Qt's dialogs."""

from importlib.resources import as_file, files

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from rta_viewer.core import day_names, texts
from rta_viewer.errors import UsageError

ENGLISH = "en"
ARABIC = "ar"
LANGUAGES = (ENGLISH, ARABIC)
CONTEXT = "rta_viewer"


def choose_language(wanted: str, system: QLocale) -> QLocale:
    """The locale to speak in.

    Args:
        wanted: One of :data:`LANGUAGES`, or nothing to follow the system.
        system: This computer's locale. Its country decides about digits where its language is the wanted one.

    Raises:
        UsageError: The program does not speak that language.
    """
    spoken = QLocale.languageToCode(system.language())
    if wanted and wanted not in LANGUAGES:
        raise UsageError(
            f"The program does not speak {wanted!r}.", f"Choose one of: {', '.join(LANGUAGES)}."
        )
    if spoken in LANGUAGES and wanted in ("", spoken):
        return system
    return QLocale(wanted or ENGLISH)


def speak(application: QGuiApplication, locale: QLocale) -> None:
    """Make the whole program speak this locale's language. GUI thread, before the first window.

    Raises:
        RuntimeError: The translations that belong to the program are missing.
    """
    QLocale.setDefault(locale)
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.setParent(None)
    if locale.language() != QLocale.Language.Arabic:
        application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        texts.use(None)
        day_names.use(None)
        return
    of_qt = QTranslator(application)
    if of_qt.load(
        QLocale(ARABIC), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(of_qt)
    texts.use(Translations(locale))
    day_names.use(names_of(locale))
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def names_of(locale: QLocale) -> day_names.DayNames:
    """What a country calls its days and months; January has two names in the Arab world."""
    formats = QLocale.FormatType
    days, months = range(1, 8), range(1, 13)

    def weekdays(form: QLocale.FormatType) -> tuple[str, ...]:
        return tuple(locale.standaloneDayName(day, form) for day in days)

    def named_months(form: QLocale.FormatType) -> tuple[str, ...]:
        return tuple(locale.standaloneMonthName(month, form) for month in months)

    return day_names.DayNames(
        weekdays(formats.LongFormat),
        weekdays(formats.ShortFormat),
        weekdays(formats.NarrowFormat),
        named_months(formats.LongFormat),
        named_months(formats.ShortFormat),
    )


class Translations:
    """The program's sentences in one language, from its compiled translations. Any thread once made."""

    def __init__(self, locale: QLocale) -> None:
        self.right_to_left = locale.textDirection() == Qt.LayoutDirection.RightToLeft
        self.zero = locale.zeroDigit()
        self._translator = QTranslator()
        code = QLocale.languageToCode(locale.language())
        with as_file(files("rta_viewer.qt") / "translations" / f"rta_viewer_{code}.qm") as compiled:
            if not self._translator.load(str(compiled)):
                raise RuntimeError(
                    f"The translations for {code} are missing from this installation."
                )

    def say(self, text: str, meaning: str, count: int) -> str:
        """See :class:`rta_viewer.core.texts.Language`."""
        return self._translator.translate(CONTEXT, text, meaning or None, count) or ""
