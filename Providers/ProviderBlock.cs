using Microsoft.Extensions.Configuration;
using Rates.Core;
using Rates.Settings;

namespace Rates.Providers;

/// <summary>
/// The settings of a provider, which ship as a JSON file beside its adapter (<c>Ecb.json</c> beside <c>Ecb.cs</c>). Settings of the section
/// <c>Rates:Providers:&lt;key&gt;</c> win over those that ship.
/// </summary>
public sealed record ProviderBlock
{
    /// <summary>The institution's name in English.</summary>
    public string Name { get; init; } = "";

    /// <summary>ISO 3166 alpha-2; <c>EU</c> for the euro area; empty for none.</summary>
    public string Country { get; init; } = "";

    /// <summary>The currency that its pairs share; empty when they share none.</summary>
    public string Pivot { get; init; } = "";

    /// <summary>The kind of its headline figure.</summary>
    public RateKind Kind { get; init; } = RateKind.Reference;

    /// <summary>What its figures are made for; decides whether blends use them.</summary>
    public ProviderCategory Category { get; init; } = ProviderCategory.Reference;

    /// <inheritdoc cref="ProviderFacts.Publishes"/>
    public string Publishes { get; init; } = "";

    /// <inheritdoc cref="ProviderFacts.Direction"/>
    public string Direction { get; init; } = "";

    /// <inheritdoc cref="ProviderFacts.Units"/>
    public string Units { get; init; } = "";

    /// <inheritdoc cref="ProviderFacts.Attribution"/>
    public string Attribution { get; init; } = "";

    /// <inheritdoc cref="ProviderFacts.RecordedAnswers"/>
    public int RecordedAnswers { get; init; }

    /// <summary>Where its terms of use stand; empty where none are published.</summary>
    public string Terms { get; init; } = "";

    /// <summary>
    /// Base address that the requests' paths are relative to. An operator may point it at a gateway or an archive. Null only for a
    /// provider that asks nobody.
    /// </summary>
    public Uri? Address { get; init; }

    /// <summary>Further base addresses by the name that <see cref="ProviderRequest.Origin"/> gives.</summary>
    public Dictionary<string, Uri> Addresses { get; init; } = [];

    /// <summary>When to ask: Quartz cron, seconds first, in the calendar's zone. Empty for a source asked only by backfill.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>When it publishes.</summary>
    public PublicationCalendar Calendar { get; init; } = new();

    /// <summary>The least time between two fetches that the source allows, such as <c>01:00:00</c>; a minute unless set.</summary>
    public TimeSpan LeastGap { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Most requests a day that the source allows this installation; all workers share the count. 0 for no limit.</summary>
    public int DailyQuota { get; init; }

    /// <summary>IANA zone in which the day of <see cref="DailyQuota"/> begins, such as <c>America/New_York</c>; UTC when empty.</summary>
    public string QuotaZone { get; init; } = "";

    /// <summary>First day its history serves; null when it serves only the present.</summary>
    public DateOnly? HistoryFrom { get; init; }

    /// <summary>Last day of a series that has ended; null while it is published.</summary>
    public DateOnly? HistoryUntil { get; init; }

    /// <summary>Days before the slot's day that a scheduled fetch asks for as well; 0 where each day is a request of its own.</summary>
    public int Lookback { get; init; }

    /// <summary>Most days that one step of a backfill asks for.</summary>
    public int BackfillDays { get; init; } = 366;

    /// <summary>
    /// Providers of one group publish figures of the same origin and count once in a blend; the key of the institution unless set. Read in
    /// any case.
    /// </summary>
    public string Independence { get; init => field = value.ToLowerInvariant(); } = "";

    /// <summary>True once a recorded answer of the source has been read by the adapter.</summary>
    public bool Verified { get; init; }

    /// <summary>Whether it is fetched; unverified and retired sources ship with false.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What a reader must know: why it ships disabled, what is special about the figures.</summary>
    public string Note { get; init; } = "";

    /// <summary>Where the key goes; null for a source that wants none.</summary>
    public CredentialPlace? Credential { get; init; }

    /// <summary>The key itself; only from environment, command line or secrets, never in a block.</summary>
    public string Key { get; init; } = "";

    /// <summary>Further secrets that requests carry: never shown, and taken out of whatever the source repeats of them.</summary>
    public IReadOnlyList<string> Secrets { get; internal init; } = [];

    /// <summary>
    /// The secrets of other providers, which a gateway that stands for several sources may repeat: never shown either.
    /// </summary>
    public IReadOnlyList<string> SecretsOfOthers { get; internal init; } = [];

    /// <summary>True for a provider that operators declared.</summary>
    internal bool IsDeclared { get; init; }

    /// <summary>HTTP statuses that mean "nothing published in that window" at this source.</summary>
    public int[] EmptyStatus { get; init; } = [];

    /// <summary>Headers the source insists on.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Most decoded bytes a body may have; 8 MiB unless the source's archive is larger.</summary>
    public int MaxBytes { get; init; } = 8 << 20;

    /// <summary>Pairs to ask for, at sources that answer one pair a request; <c>EUR/USD</c>.</summary>
    public string[] Pairs { get; init; } = [];

    /// <summary>
    /// True when the source is known to give a day twice, the later figure being the right one: the last of them counts. Otherwise two
    /// different figures of one day are both refused.
    /// </summary>
    public bool LastOfDayWins { get; init; }

    /// <summary>
    /// Where the recorded answers of this source are, when it is not the folder called like the key: folders, or files of a folder such as
    /// <c>nbp/tables-A*</c>.
    /// </summary>
    public string[] Captures { get; init; } = [];

    /// <summary>What labels mean on days on which they do not mean their own code; empty where they always do.</summary>
    public LabelRule[] Labels { get; init; } = [];

    /// <summary>How the source is asked and read, for a provider that operators declared; null for one with an adapter.</summary>
    public DeclaredReading? Read { get; init; }

    /// <summary>The block that ships with the adapter <paramref name="type"/>.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is broken; the message names it.</exception>
    public static ProviderBlock Embedded(Type type) => Of(type, null);

    /// <summary>The shipped block with the settings of <paramref name="overrides"/> laid over it.</summary>
    /// <exception cref="InvalidDataException">A setting is unknown or unreadable; the message names it and its value.</exception>
    public static ProviderBlock Of(Type type, IConfigurationSection? overrides)
    {
        var read = ReadSettings(type, overrides);
        return read.Problems.Count == 0
            ? read.ToOptions()
            : throw new InvalidDataException(string.Join(Environment.NewLine, read.Problems));
    }

    /// <summary>The file with the block of an adapter: <c>Ecb.json</c> of <c>Ecb</c>, <c>Nbp.B.json</c> of <c>NbpB</c>.</summary>
    internal static string FileOf(Type type) => ProviderKey.OfClass(type.Name).IndexOf('.', StringComparison.Ordinal) is var dot and > 0
        ? $"{type.Name[..dot]}.{type.Name[dot..]}.json"
        : $"{type.Name}.json";

    /// <summary>The same, with what is unknown or unreadable listed instead of thrown.</summary>
    /// <exception cref="InvalidDataException">No block ships with the adapter.</exception>
    internal static SettingsRead<ProviderBlock> ReadSettings(Type type, IConfigurationSection? overrides)
    {
        ArgumentNullException.ThrowIfNull(type);
        var file = FileOf(type);
        using var stream = type.Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidDataException($"{file} is not embedded: every adapter has its block beside it");
        var shipped = new ConfigurationBuilder().AddJsonStream(stream).Build();
        return SettingsReader.ReadOver<ProviderBlock>(overrides?.Path ?? file, shipped, overrides);
    }

    /// <summary>What is wrong with the block, one line each; none when it can be used.</summary>
    public IEnumerable<string> Problems() => ProviderBlockRules.Problems(this);

    /// <summary>The part of the block that readers of rates see.</summary>
    public ProviderProfile Profile(string key) => new()
    {
        Key = key,
        Name = Name,
        Country = Country,
        Pivot = Currency.TryParse(Pivot, out var pivot) ? pivot : default,
        Kind = Kind,
        Category = Category,
        Facts = new()
        {
            Publishes = Publishes,
            Direction = Direction,
            Units = Units,
            Attribution = Attribution,
            RecordedAnswers = RecordedAnswers,
        },
        Terms = Terms,
        Calendar = Calendar,
        HistoryFrom = HistoryFrom,
        HistoryUntil = HistoryUntil,
        Independence = Independence.Length > 0 ? Independence : ProviderKey.Institution(key),
        Verified = Verified,
        LeastGap = LeastGap,
        Enabled = Enabled && !MissesKey,
        NeedsKey = Credential is not null,
        Note = Enabled && MissesKey ? MissingKey(key) : Note,
    };

    private string MissingKey(string key) =>
        $"needs a key{(Credential!.User.Length > 0 ? " of the form user:password" : "")}: set Rates:Providers:{key}:Key, "
        + "or its file at run time";

    /// <summary>The block with what an operator set at run time laid over it.</summary>
    public ProviderBlock With(EndpointChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Dictionary<string, Uri> addresses = new(Addresses);
        foreach (var (name, address) in change.Addresses)
        {
            addresses[name] = address;
        }

        Dictionary<string, string> headers = new(Headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in change.Headers.Concat(change.SecretHeaders))
        {
            headers[name] = value;
        }

        return this with
        {
            Address = change.Address ?? Address,
            Addresses = addresses,
            Headers = headers,
            Key = change.Key ?? Key,
            Secrets = [.. Secrets, .. change.SecretHeaders.Values],
        };
    }

    /// <summary>The block with the secrets of other providers.</summary>
    public ProviderBlock Beside(IReadOnlyList<string> secretsOfOthers) => this with { SecretsOfOthers = secretsOfOthers };

    /// <summary>The institution's name: no log may write a block with its key.</summary>
    public override string ToString() => Name;

    /// <summary>True when the source wants a key and none is set: it is listed as disabled, not as failed.</summary>
    public bool MissesKey => Credential is not null && Key.Length == 0;
}
