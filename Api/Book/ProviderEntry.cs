using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// One provider in the Api's book of rates: its latest rates, their age at one time, and the pieces that answers copy. Immutable,
/// but for the pieces of rows, which the first answer that needs them makes.
/// </summary>
internal sealed class ProviderEntry
{
    /// <summary>Why a provider that has rates has none of a pair.</summary>
    internal const string LacksPair = "does not cover the pair";

    /// <summary>Why a provider that has rates has none in a base.</summary>
    internal const string LacksBase = "does not cover the base";

    private const string UnconfirmedReason = "unconfirmed: no second source has confirmed this figure";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = AnswerJsonSettings.Encoder };

    private readonly ICrossRates? _crosses;

    private ProviderEntry(ICrossRates? crosses = null) => _crosses = crosses;

    /// <summary>The provider's profile, schedule and health, as workers wrote them to the store.</summary>
    public required StoredProvider Stored { get; init; }

    /// <summary>The latest sheet; null when there is none, and for an entry of a past day.</summary>
    public RateSheet? Sheet { get; private init; }

    /// <summary>The rates that are answered; null when there are none.</summary>
    public EncodedSheet? Rates { get; private init; }

    /// <summary>
    /// The rate of any pair: of <see cref="Rates"/>, or of an entry for blends alone, which has no <see cref="Rates"/>; null when there are
    /// none.
    /// </summary>
    public ICrossRates? Crosses => _crosses ?? Rates?.Crosses;

    /// <summary>How current the sheet is by its publication calendar.</summary>
    public StalenessStatus Status { get; private init; }

    /// <summary>When the status may change without a publication; null for never.</summary>
    public DateTimeOffset? ChangesAt { get; private init; }

    /// <summary>When the next publication is due; in the past when it is late, null when there will be none.</summary>
    public DateTimeOffset? ExpectedAt { get; private init; }

    /// <summary>Why there are no rates, none newer, or not all of the source's; empty when there is nothing to explain.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>What is wrong with a newer sheet in the store, which could not be read; empty when nothing is wrong.</summary>
    public string StoreFault { get; private init; } = "";

    /// <summary>Its JSON object up to its first rate, for a base that the sheet has.</summary>
    public byte[] JsonStart { get; private set; } = [];

    /// <summary>The same for a base that the sheet does not have, up to the end of <c>rates</c>, which is empty.</summary>
    public byte[] JsonWithoutRates { get; private set; } = [];

    /// <summary>
    /// What its rows share, by <see cref="AnswerFormat"/>: those of the last answer in that format; null before the first.
    /// </summary>
    public SharedCells?[] RowCells => field ??= new SharedCells?[AnswerFormats.Count];

    /// <summary>Whether workers announced the provider, or figures of it are here; false where only settings or a key name it.</summary>
    public bool IsKnown => Stored.IsAnnounced || Sheet is not null;

    /// <summary>True when some of its rates ship with the product and nobody fetched them here.</summary>
    public bool IsShipped { get; private init; }

    /// <summary>When the rates were fetched; null when there are none, and for rates that ship with the product.</summary>
    public DateTimeOffset? FetchedAt { get; private init; }

    /// <summary>When the answers about the provider last changed; null when there is no sheet.</summary>
    public DateTimeOffset? ModifiedAt { get; private init; }

    /// <summary><see cref="ModifiedAt"/> in the form of a Last-Modified header; null when there is no sheet.</summary>
    public string? ModifiedAtText { get; private init; }

    /// <summary>
    /// Epoch and version of the sheet when its figures came in; a confirmation by the source does not change it. Null for figures that were
    /// not published here: those that ship with the product, and those of the stored days.
    /// </summary>
    public string? ContentVersion { get; private init; }

    /// <summary>The provider's key.</summary>
    public string Key => Stored.Profile.Key;

    /// <summary>The institution's name.</summary>
    public string Name => Stored.Profile.Name;

    /// <summary>The day in use; null when there is none.</summary>
    public DateOnly? AsOf => Crosses?.AsOf;

    /// <summary>True when its rates are too old to be combined with others.</summary>
    public bool IsOutOfUse => Status is StalenessStatus.Frozen or StalenessStatus.Retired or StalenessStatus.Missing;

    /// <summary>Why blends do not use the provider unless a query names it; null when they do.</summary>
    public string? WhyNotInBlends { get; private init; }

    /// <summary>Why blends of a day do not use the provider unless a query names it; null when they do.</summary>
    public string? WhyNotInBlendsOn(DateOnly day) => WhyNot(Stored, day);

    /// <summary>Providers with the same value here count as one source when rates are combined.</summary>
    public string Independence => Stored.Profile.Independence is { Length: > 0 } group ? group : ProviderKey.Institution(Key);

    /// <summary>Makes the entry of a provider as it is at <paramref name="now"/>.</summary>
    /// <param name="stored">Its profile, schedule and health.</param>
    /// <param name="sheet">Its latest good sheet; null when there is none.</param>
    /// <param name="previous">The entry before, when its sheet has the same content and its rates can be kept; else null.</param>
    /// <param name="modifiedAt">When the answers about the provider last changed.</param>
    /// <param name="storeFault">What is wrong with a newer sheet in the store; empty when nothing is wrong.</param>
    /// <param name="now">The instant that the status holds for.</param>
    public static ProviderEntry Of(
        StoredProvider stored, RateSheet? sheet, ProviderEntry? previous, DateTimeOffset modifiedAt, string storeFault, DateTimeOffset now)
    {
        var calendar = stored.Profile.Calendar;
        var status = Staleness.Of(sheet?.AsOf, stored.Profile, now);
        var entry = new ProviderEntry
        {
            Stored = stored,
            Sheet = sheet,
            Rates = sheet is null ? null : previous?.Rates ?? new(CrossRates.Of(sheet.Observations, stored.Profile.Pivot)),
            Status = status,
            ChangesAt = Staleness.StatusChangesAt(sheet?.AsOf, calendar, now),
            ExpectedAt = (status, sheet) switch
            {
                _ when !stored.IsAnnounced => null,
                (StalenessStatus.Retired, _) => null,
                (_, null) => Staleness.NextExpectedAt(calendar, now),
                _ => sheet.NextExpectedAt,
            },
            Reason = EntryReasons.Of(stored, sheet, status, storeFault),
            StoreFault = storeFault,
            IsShipped = sheet is { Seeded: true },
            FetchedAt = sheet is { Seeded: false } ? sheet.FetchedAt : null,
            ModifiedAt = sheet is null ? null : modifiedAt,
            ModifiedAtText = sheet is null ? null : modifiedAt.ToString("R", CultureInfo.InvariantCulture),
            ContentVersion = previous?.ContentVersion ?? VersionOf(sheet),
            WhyNotInBlends = WhyNot(stored, LocalTime.Day(now, calendar.Zone)),
        };
        entry.Encode();
        return entry;
    }

    /// <summary>The entry at a later time; the same object while its status cannot have changed.</summary>
    public ProviderEntry At(DateTimeOffset now) => ChangesAt is { } changed && changed <= now
        ? Of(Stored, Sheet, this, ModifiedAt > changed ? ModifiedAt.Value : changed, StoreFault, now)
        : this;

    /// <summary>True when no second source has confirmed some of its figures.</summary>
    public bool HasUnconfirmed => Rates is { Crosses.HasUnconfirmed: true };

    /// <summary>Why it has no rate of a pair: there are no rates at all, or the pair is not among them.</summary>
    public string WhyNoRate => WhyNone(LacksPair);

    /// <summary>Why it has no rate in a base: there are no rates at all, or the base is not among them.</summary>
    public string WhyNoBase => WhyNone(LacksBase);

    /// <summary>Why it has no rate of a pair, without what else there is to explain of its rates.</summary>
    public string WhyNot(CurrencyPair pair) => Crosses is not { } crosses ? Reason : crosses.Has(pair.Base) ? LacksPair : LacksBase;

    /// <summary>What there is to explain of one rate; null when there is nothing.</summary>
    /// <param name="cross">The rate; null when there is none.</param>
    public string? ReasonFor(CrossRate? cross) => (cross is { IsUnconfirmed: true }, Reason) switch
    {
        (true, "") => UnconfirmedReason,
        (true, _) => $"{UnconfirmedReason}; {Reason}",
        (false, "") => null,
        _ => Reason,
    };

    /// <summary>The entry of the same provider for a past day.</summary>
    /// <param name="rates">The rates of that day; null when there are none.</param>
    /// <param name="sheet">The latest sheet, or the one that was known at an instant, when the rates are its; else null.</param>
    /// <param name="modifiedAt">When the rates were last changed; null when there are none.</param>
    /// <param name="at">The instant, at the end of the day, that the status holds for.</param>
    /// <param name="reason">Why there are no rates; empty when there are.</param>
    /// <param name="isShipped">True when some of the rates ship with the product; it is read of <paramref name="sheet"/> as well.</param>
    public ProviderEntry On(
        EncodedSheet? rates, RateSheet? sheet, DateTimeOffset? modifiedAt, DateTimeOffset at, string reason, bool isShipped = false)
    {
        isShipped |= sheet is { Seeded: true };
        var entry = new ProviderEntry
        {
            Stored = Stored,
            Sheet = sheet,
            Rates = rates,
            IsShipped = isShipped,
            FetchedAt = isShipped ? null : sheet?.FetchedAt ?? modifiedAt,
            ModifiedAt = modifiedAt,
            ModifiedAtText = modifiedAt?.ToString("R", CultureInfo.InvariantCulture),
            ContentVersion = sheet is not null && ReferenceEquals(sheet, Sheet) ? ContentVersion : null,
            Status = Staleness.Of(rates?.Crosses.AsOf, Stored.Profile, at),
            Reason = isShipped ? EntryReasons.Shipped : reason,
            WhyNotInBlends = WhyNot(Stored, LocalTime.Day(at, Stored.Profile.Calendar.Zone)),
        };
        entry.Encode();
        return entry;
    }

    /// <summary>The entry of the same provider for a past day, of which blends are made and nothing is written.</summary>
    /// <param name="crosses">The rates of that day; null when there are none.</param>
    /// <param name="at">The instant, at the end of the day, that the status holds for.</param>
    /// <param name="reason">Why there are no rates; empty when there are.</param>
    /// <param name="isShipped">True when some of the rates ship with the product.</param>
    public ProviderEntry ForBlends(ICrossRates? crosses, DateTimeOffset at, string reason, bool isShipped) => new(crosses)
    {
        Stored = Stored,
        IsShipped = isShipped,
        Status = Staleness.Of(crosses?.AsOf, Stored.Profile, at),
        Reason = isShipped ? EntryReasons.Shipped : reason,
        WhyNotInBlends = WhyNot(Stored, LocalTime.Day(at, Stored.Profile.Calendar.Zone)),
    };

    private static string? VersionOf(RateSheet? sheet) =>
        sheet is { Epoch.Length: > 0, Seeded: false } ? $"{sheet.Epoch}:{sheet.Version}" : null;

    private static string? WhyNot(StoredProvider stored, DateOnly day) =>
        stored.IsAnnounced ? WitnessRule.WhyNotByDefault(stored.Profile, day) : EntryReasons.Unannounced;

    private void Encode()
    {
        var head = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(head, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("provider"u8, Key);
            json.WriteString("name"u8, Name);
            json.WriteString("status"u8, Status.ToText());
            WriteDays(json);
            json.WriteString("kind"u8, Stored.Profile.Kind.ToText());
            json.WriteEndObject();
        }

        var start = head.WrittenSpan[..^1];
        JsonStart = [.. start, .. Reason.Length > 0 ? Member(Reason) : [], .. ",\"rates\":{"u8];
        JsonWithoutRates = [.. start, .. WhyNoBase is { Length: > 0 } why ? Member(why) : [], .. ",\"rates\":{}"u8];
    }

    private string WhyNone(string lack) => Crosses is null ? Reason : Reason.Length > 0 ? $"{lack}; {Reason}" : lack;

    private static byte[] Member(string reason)
    {
        var member = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(member, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("reason"u8, reason);
            json.WriteEndObject();
        }

        return [(byte)',', .. member.WrittenSpan[1..^1]];
    }

    private void WriteDays(Utf8JsonWriter json)
    {
        if (AsOf is { } day)
        {
            json.WriteString("asOf"u8, day.ToText());
        }

        if (FetchedAt is { } fetched)
        {
            json.WriteString("fetchedAt"u8, fetched.ToText());
        }

        if (ExpectedAt is { } expected)
        {
            json.WriteString("nextExpectedAt"u8, expected.ToText());
        }
    }
}
