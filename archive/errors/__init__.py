"""Every failure the archive can name; each class builds the sentence its user reads.

ArchiveError
├── RulesError                 a data file of rules or authorities is wrong
│   └── BadRuleFile
├── SourceError                one page cannot be read; the batch goes on and reports it
│   ├── EmptyPage
│   ├── BinaryPage
│   ├── OversizedPage
│   ├── UnreadablePage
│   ├── BrokenContainer
│   │   └── OverflowingContainer
│   ├── UnsafeMember
│   ├── LockedDocument
│   ├── BadRow
│   ├── NoTextLayer
│   ├── BrokenDocument
│   ├── UnknownCoding
│   ├── SlowPage
│   └── FailedPage
├── HomeError                  the home folder cannot be used
│   ├── NoHome
│   ├── HomeTooNew
│   ├── BadSettings
│   ├── HomeBusy
│   ├── HomeUnusable
│   └── DiskFull
├── BadColumns
├── NoWorker
├── FolderRefused
├── UnknownReport
├── UnknownBatch
├── UnknownCollection
├── UnknownEdit
├── UnknownStory
├── UnknownJob
├── UnknownQuarantined
├── JobOver
├── NotInStory
├── OriginalLost
├── UnknownEvent
├── AlreadyUndone
├── ChangedSince
├── NotUndoable
├── NotWithdrawn
├── SamePerson
├── BadCollection
├── OwnFileMoved
├── BadCorrection
├── BadEdit
├── EditNotReady
├── UnknownOutlet
├── BadOutletKey
├── NoExamples
├── RuleFileThere
├── RulesMoved
├── UnknownField
├── BadDate
├── UnknownUser
├── UserThere
├── BadUserName
├── UnknownRole
├── BadPassword
├── LastAdmin
├── TooManyAttempts
├── UnknownToken
├── ChangedMeanwhile
├── NotWaiting
├── BadProblem
├── UnknownBlock
├── UnknownPaper
├── BadPaper
├── PaperChanged
└── UnknownSnapshot
"""

from archive.errors.base import ArchiveError
from archive.errors.decisions import (
    AlreadyUndone,
    BadCollection,
    BadCorrection,
    BadDate,
    BadEdit,
    BadProblem,
    ChangedMeanwhile,
    ChangedSince,
    EditNotReady,
    NotInStory,
    NotUndoable,
    NotWaiting,
    NotWithdrawn,
    OwnFileMoved,
    SamePerson,
    UnknownField,
)
from archive.errors.holdings import (
    JobOver,
    OriginalLost,
    UnknownBatch,
    UnknownBlock,
    UnknownCollection,
    UnknownEdit,
    UnknownEvent,
    UnknownJob,
    UnknownQuarantined,
    UnknownReport,
    UnknownStory,
)
from archive.errors.home import (
    BadSettings,
    DiskFull,
    FolderRefused,
    HomeBusy,
    HomeError,
    HomeTooNew,
    HomeUnusable,
    NoHome,
    NoWorker,
)
from archive.errors.pages import (
    BadColumns,
    BadRow,
    BinaryPage,
    BrokenContainer,
    BrokenDocument,
    EmptyPage,
    FailedPage,
    LockedDocument,
    NoTextLayer,
    OverflowingContainer,
    OversizedPage,
    SlowPage,
    SourceError,
    UnknownCoding,
    UnreadablePage,
    UnsafeMember,
)
from archive.errors.papers import BadPaper, PaperChanged, UnknownPaper, UnknownSnapshot
from archive.errors.people import (
    BadPassword,
    BadUserName,
    LastAdmin,
    TooManyAttempts,
    UnknownRole,
    UnknownToken,
    UnknownUser,
    UserThere,
)
from archive.errors.rules import (
    BadOutletKey,
    BadRuleFile,
    NoExamples,
    RuleFileThere,
    RulesError,
    RulesMoved,
    UnknownOutlet,
)

__all__ = [
    "AlreadyUndone",
    "ArchiveError",
    "BadCollection",
    "BadColumns",
    "BadCorrection",
    "BadDate",
    "BadEdit",
    "BadOutletKey",
    "BadPaper",
    "BadPassword",
    "BadProblem",
    "BadRow",
    "BadRuleFile",
    "BadSettings",
    "BadUserName",
    "BinaryPage",
    "BrokenContainer",
    "BrokenDocument",
    "ChangedMeanwhile",
    "ChangedSince",
    "DiskFull",
    "EditNotReady",
    "EmptyPage",
    "FailedPage",
    "FolderRefused",
    "HomeBusy",
    "HomeError",
    "HomeTooNew",
    "HomeUnusable",
    "JobOver",
    "LastAdmin",
    "LockedDocument",
    "NoExamples",
    "NoHome",
    "NoTextLayer",
    "NoWorker",
    "NotInStory",
    "NotUndoable",
    "NotWaiting",
    "NotWithdrawn",
    "OriginalLost",
    "OverflowingContainer",
    "OversizedPage",
    "OwnFileMoved",
    "PaperChanged",
    "RuleFileThere",
    "RulesError",
    "RulesMoved",
    "SamePerson",
    "SlowPage",
    "SourceError",
    "TooManyAttempts",
    "UnknownBatch",
    "UnknownBlock",
    "UnknownCoding",
    "UnknownCollection",
    "UnknownEdit",
    "UnknownEvent",
    "UnknownField",
    "UnknownJob",
    "UnknownOutlet",
    "UnknownPaper",
    "UnknownQuarantined",
    "UnknownReport",
    "UnknownRole",
    "UnknownSnapshot",
    "UnknownStory",
    "UnknownToken",
    "UnknownUser",
    "UnreadablePage",
    "UnsafeMember",
    "UserThere",
]
