namespace Rates.Store;

/// <summary>A JSON value that is set at run time, such as a user, an API key or a command, with its revision.</summary>
/// <param name="Revision">Rises with every change, and never comes again for the same name.</param>
/// <param name="At">When it was set, UTC, by the store's clock.</param>
/// <param name="By">Who set it.</param>
/// <param name="Json">Its value, a JSON text.</param>
public sealed record OperatorDocument(long Revision, DateTimeOffset At, string By, string Json);

/// <summary>
/// A change of one <see cref="OperatorDocument"/>: creates, replaces or deletes it, if its revision still is the expected one.
/// </summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name within the kind.</param>
/// <param name="Expected">The revision it must still have; 0 for no such document.</param>
/// <param name="Json">The new value; null deletes the document.</param>
/// <param name="By">Who asks for the change.</param>
/// <param name="Note">The text about it in the record of changes; null for a change that is not an operator's, such as progress.</param>
public sealed record DocumentEdit(string Kind, string Name, long Expected, string? Json, string By, AuditNote? Note)
{
    /// <summary>
    /// What <see cref="IOperatorDocuments.ReadDocumentsRevisionAsync"/> must still answer, for a change that is right only while no other
    /// document changes; null where that does not matter.
    /// </summary>
    public long? ExpectedOfAll { get; init; }
}

/// <summary>
/// What a change is to be listed as in the record of what operators changed. It is readable by every operator and must hold no secret.
/// </summary>
/// <param name="What">What kind of thing changed, such as <c>schedule</c> or <c>key</c>.</param>
/// <param name="Subject">Which one: a provider's key, a user's name.</param>
/// <param name="By">Who changed it.</param>
/// <param name="From">What it was; empty for nothing.</param>
/// <param name="To">What it is now; empty for nothing.</param>
public sealed record AuditNote(string What, string Subject, string By, string From, string To);

/// <summary>One entry of the record of what operators changed: who, when and what.</summary>
/// <param name="Id">Its position in the record.</param>
/// <param name="At">When, UTC, by the store's clock.</param>
/// <param name="Note">What was changed.</param>
public sealed record AuditEntry(string Id, DateTimeOffset At, AuditNote Note);
