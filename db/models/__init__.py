"""The tables of the register. They load SQLModel, so nothing may import them before the first screen."""

from db.models.act import Act
from db.models.applicant import Applicant
from db.models.calendar import CalendarVersion
from db.models.case import Case, case_number, display_number
from db.models.chain import AcceptedFinding, ChainKey, ChainLink, RowProof
from db.models.control import OfficeSetting, SecondKeyedRow, SecondKeying
from db.models.correction import CorrectedField, Correction
from db.models.decision import Decision, FrozenRules, ProposedChange
from db.models.deduction import MaterialCopies, RowDeduction
from db.models.exchange import (
    BundleTraining,
    BundleVoucher,
    ExchangedTraining,
    ExchangedVoucher,
    ExchangeImport,
    ExchangePartner,
    SourceChange,
    SourceKind,
)
from db.models.journal import JournalEntry, OutgoingFile, PaperIssued
from db.models.lifting import Lifting, LiftingCorrection
from db.models.name_part import NamePart
from db.models.office import Office, Register, Role, Staff, StaffChange, StaffChangeKind, Substitution
from db.models.offline import CatalogueTariff, OfflineResult
from db.models.other_initials import OtherInitials
from db.models.outside_list import ListKind, OutsideAnswer, OutsideComparison, OutsideList, OutsidePart
from db.models.passing import PassedCase
from db.models.payment import (
    Fund,
    PaymentBatch,
    PaymentContradiction,
    PaymentLine,
    PaymentOutcome,
    PaymentSignature,
    Recovery,
)
from db.models.privacy import PrivacySetting
from db.models.publicity import ItemOutcome, Objection, ObjectionOutcome, PublicityBatch, PublicityItem
from db.models.roster import Enrolment, KeyingSession, LearningResult, Person, RosterLease
from db.models.row import Row, SealedRow
from db.models.sign import KeptVerdict, SignDecision, SpotCall, SpotCheck
from db.models.sign_in import LoginKind, SignInFailure, StaffLogin, StaffPassword
from db.models.stage import Action, Stage
from db.models.stated_day import DayOf, StatedDay
from db.models.training import EarlierTraining, TrainingImport
from db.models.voucher import UsedVoucher, Voucher

__all__ = [
    "AcceptedFinding",
    "Act",
    "Action",
    "Applicant",
    "BundleTraining",
    "BundleVoucher",
    "CalendarVersion",
    "Case",
    "CatalogueTariff",
    "ChainKey",
    "ChainLink",
    "CorrectedField",
    "Correction",
    "DayOf",
    "Decision",
    "EarlierTraining",
    "Enrolment",
    "ExchangeImport",
    "ExchangePartner",
    "ExchangedTraining",
    "ExchangedVoucher",
    "FrozenRules",
    "Fund",
    "ItemOutcome",
    "JournalEntry",
    "KeptVerdict",
    "KeyingSession",
    "LearningResult",
    "Lifting",
    "LiftingCorrection",
    "ListKind",
    "LoginKind",
    "MaterialCopies",
    "NamePart",
    "Objection",
    "ObjectionOutcome",
    "Office",
    "OfficeSetting",
    "OfflineResult",
    "OtherInitials",
    "OutgoingFile",
    "OutsideAnswer",
    "OutsideComparison",
    "OutsideList",
    "OutsidePart",
    "PaperIssued",
    "PassedCase",
    "PaymentBatch",
    "PaymentContradiction",
    "PaymentLine",
    "PaymentOutcome",
    "PaymentSignature",
    "Person",
    "PrivacySetting",
    "ProposedChange",
    "PublicityBatch",
    "PublicityItem",
    "Recovery",
    "Register",
    "Role",
    "RosterLease",
    "Row",
    "RowDeduction",
    "RowProof",
    "SealedRow",
    "SecondKeyedRow",
    "SecondKeying",
    "SignDecision",
    "SignInFailure",
    "SourceChange",
    "SourceKind",
    "SpotCall",
    "SpotCheck",
    "Staff",
    "StaffChange",
    "StaffChangeKind",
    "StaffLogin",
    "StaffPassword",
    "Stage",
    "StatedDay",
    "Substitution",
    "TrainingImport",
    "UsedVoucher",
    "Voucher",
    "case_number",
    "display_number",
]
