namespace Rates.Channels;

/// <summary>One channel of the settings, read and checked.</summary>
/// <param name="Name">The name of its block.</param>
/// <param name="Type">The transport.</param>
/// <param name="Options">Its settings.</param>
internal sealed record ChannelBlock(string Name, ChannelType Type, ChannelOptions Options)
{
    /// <summary>What may be asked, and whether changes are sent; all that the transport can do where the settings name none.</summary>
    public IReadOnlyList<string> Operations { get; } =
    [
        .. Api.Operations.AllNames.Where(name => Options.Operations.Count == 0 || Options.Operations.Contains(name))
            .Where(name => name == Api.Operations.Events ? Type.SendsChanges(Options) : Type.AnswersRequests),
    ];

    /// <summary>Whether an operation is allowed here.</summary>
    public bool Allows(string operation) => Operations.Contains(operation, StringComparer.Ordinal);

    /// <summary>Where messages go that cannot be answered.</summary>
    public string DeadLetters => Options.DeadLetters.Length > 0 ? Options.DeadLetters : $"{Options.Queue}.dead";

    /// <summary>Whether changes are sent.</summary>
    public bool SendsChanges => Allows(Api.Operations.Events);
}
