using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

/// <summary>A provider that operators declared without code, as it is stored.</summary>
public sealed record StoredDeclaration
{
    /// <summary>The block, as it was given.</summary>
    public required JsonElement Block { get; init; }

    /// <summary>True once it was taken back: its history stays, and it is asked no more.</summary>
    public bool Retired { get; init; }

    /// <summary>The file of the workers' folder that it was read from; null where an operator gave it.</summary>
    public string? File { get; init; }
}

/// <summary>An operator's declaration of a provider as read from the store, with who made it and when.</summary>
/// <param name="Revision">Rises with every change.</param>
/// <param name="At">When it was set, UTC, by the store's clock.</param>
/// <param name="By">Who set it.</param>
/// <param name="Value">The declaration; null when it cannot be read.</param>
public sealed record DeclarationRecord(long Revision, DateTimeOffset At, string By, StoredDeclaration? Value);

/// <summary>A worker's answer to the question whether a declared provider may come into force: the problems, empty for none.</summary>
/// <param name="Problems">What is wrong with it; none when it may be stored.</param>
public sealed record DeclarationAnswer(IReadOnlyList<FieldProblem> Problems);

/// <summary>An operator's request to try the declaration of a provider without storing anything.</summary>
public sealed record DryRun
{
    /// <summary>The block.</summary>
    public required JsonElement Block { get; init; }

    /// <summary>The key that it is to have; one of no provider unless given.</summary>
    public string? Key { get; init; }

    /// <summary>A body to read, as text; null to ask the source, or where <see cref="Base64"/> is given.</summary>
    public string? Body { get; init; }

    /// <summary>A body to read, as its bytes in Base64.</summary>
    public string? Base64 { get; init; }

    /// <summary>The content type of the body; null for none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The day to ask for, and the day of receipt of a body; null for today in the source's zone.</summary>
    public DateOnly? Day { get; init; }
}

/// <summary>
/// A worker's answer about the trial of a declaration: the rates that were read, and what went wrong. Nothing of it is stored.
/// </summary>
public sealed record DryRunAnswer
{
    /// <summary>What is wrong with the declaration itself; then nothing was read.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>Why nothing could be read of the body, with the place; null when it could.</summary>
    public string? Failure { get; init; }

    /// <summary>What was requested, relative to the address, without the key.</summary>
    public IReadOnlyList<string> Requests { get; init; } = [];

    /// <summary>The figures that would be published, at most 2,000 of them.</summary>
    public IReadOnlyList<Observation> Figures { get; init; } = [];

    /// <summary>All figures that would be published.</summary>
    public int Count { get; init; }

    /// <summary>Rows that cannot be read, each with its place.</summary>
    public IReadOnlyList<OddRow> OddRows { get; init; } = [];

    /// <summary>Figures that the ingest rules would refuse, each with its reason.</summary>
    public IReadOnlyList<OddRow> Refused { get; init; } = [];

    /// <summary>The worker that tried.</summary>
    public string Worker { get; init; } = "";
}
