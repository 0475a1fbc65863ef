//! The one shape that all aggregates have.

/// Something that answers commands with facts.
///
/// The value itself is what the rules need to remember, and nothing more; its default is the moment before the
/// first fact.
pub trait Decider: Default {
    /// Name of the stream category, stored with every fact. Never changes.
    const NAME: &'static str;
    /// A request, which may be refused.
    type Command;
    /// A fact, which may not.
    type Event;
    /// Why a command was refused, in the client's words.
    type Refusal;

    /// Answers a command. Holds every rule, and changes nothing.
    ///
    /// # Errors
    ///
    /// A refusal names the rule that stood in the way.
    fn decide(&self, command: Self::Command) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// Takes one fact into account. Holds no rule, and cannot fail: whatever happened, happened.
    #[must_use]
    fn evolve(self, event: &Self::Event) -> Self;

    /// What a history leads to.
    fn after<'a>(history: impl IntoIterator<Item = &'a Self::Event>) -> Self
    where
        Self::Event: 'a,
    {
        history.into_iter().fold(Self::default(), Self::evolve)
    }
}
