//! What a change does to the messages that a schema lets through, and whom that breaks.

use super::change::Breaks;
use super::flatten::Direction;

/// What became of the messages that a schema lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Shrinks,
    Grows,
    Changes,
    Nothing,
}

impl Effect {
    /// A request is written by the client and read by the server, a response the other way round. Who
    /// reads is hurt by messages that are new, who writes by messages that are no longer allowed.
    pub(crate) const fn breaks(self, direction: Direction) -> Breaks {
        match (self, direction) {
            (Self::Nothing, _) => Breaks::NOBODY,
            (Self::Changes, _) => Breaks::BOTH,
            (Self::Shrinks, Direction::Request) | (Self::Grows, Direction::Response) => {
                Breaks::CLIENT
            }
            (Self::Grows, Direction::Request) | (Self::Shrinks, Direction::Response) => {
                Breaks::SERVER
            }
        }
    }
}
