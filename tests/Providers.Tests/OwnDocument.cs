using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>
/// One of our own documents with the adapter that reads it: what every adapter is tried with, and what later ones bring along.
/// </summary>
/// <param name="Provider">The adapter.</param>
/// <param name="File">The name of the file.</param>
/// <param name="Body">The document.</param>
/// <param name="Text">What describes a document of ours in a binary format; null for any other.</param>
internal sealed record OwnDocument(RateProvider Provider, string File, ProviderBody Body, string? Text)
{
    private static readonly ILookup<string, OwnDocument> ByKey = Load(provider => CaptureFolder.All(CaptureFolder.Documents)
            .Where(folder => folder.Name == provider.Key).SelectMany(folder => folder.Files.Select(file => (folder, file))))
        .ToLookup(document => document.Provider.Key);

    /// <summary>False for an answer whose source states no day: its figures have the day of receipt, which was not recorded.</summary>
    public bool StatesDay { get; private init; } = true;

    // Reading them takes seconds.
    private static readonly Lazy<IReadOnlyList<OwnDocument>> Captured = new(() => [.. Load(CaptureFolder.Proofs)]);

    /// <summary>The keys of every adapter, as a theory's data.</summary>
    public static IEnumerable<TheoryDataRow<string>> Keys() =>
        ByKey.Select(documents => new TheoryDataRow<string>(documents.Key)).OrderBy(row => row.Data);

    /// <summary>The documents of one adapter.</summary>
    public static IEnumerable<OwnDocument> Of(string key) => ByKey[key];

    /// <summary>Every document of ours and every recorded answer that this machine has.</summary>
    public static IReadOnlyList<OwnDocument> AndRecorded() => [.. ByKey.SelectMany(documents => documents), .. Recorded()];

    /// <summary>Every recorded answer that this machine has; none where it has no folder of them.</summary>
    public static IReadOnlyList<OwnDocument> Recorded() => Captured.Value;

    /// <summary>What the adapter reads of the document as it stands; nothing when it refuses it.</summary>
    public IReadOnlyList<Observation> Figures { get; } = Read(Provider, Body) ?? [];

    /// <summary>What the adapter reads of other bytes in the document's place; null when it refuses them.</summary>
    public IReadOnlyList<Observation>? With(ReadOnlyMemory<byte> bytes, bool endsKnown = true) => With(bytes, Body.ContentType, endsKnown);

    /// <summary>What the adapter reads of other bytes that are said to be of another type; null when it refuses them.</summary>
    public IReadOnlyList<Observation>? With(ReadOnlyMemory<byte> bytes, string? contentType, bool endsKnown = true) =>
        Read(Provider, new(Body.Request, bytes, contentType, Body.Today) { EndsKnown = endsKnown });

    /// <summary>The bytes that another description makes in the document's place; null when it describes nothing.</summary>
    public byte[]? Described(string text)
    {
        try
        {
            return Tests.Described.Build(File, text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() => $"{Provider.Key}/{File}";

    private static IReadOnlyList<Observation>? Read(RateProvider provider, ProviderBody body)
    {
        try
        {
            return provider.Read(body).Observations;
        }
        catch (ProviderException)
        {
            return null;
        }
    }

    private static IEnumerable<OwnDocument> Load(Func<RateProvider, IEnumerable<(CaptureFolder Folder, string File)>> documents) =>
        from provider in ProviderCatalog.Shipped().All
        from document in documents(provider)
        select new OwnDocument(
            provider, document.File, document.Folder.Body(document.File), document.Folder.Description(document.File))
        {
            StatesDay = document.Folder.IsDated(document.File) || document.Folder.Expected(document.File).Count == 0,
        };
}
