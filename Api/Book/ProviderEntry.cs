using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>One provider as a book shows it: its sheet with its status at a time, and what answers say of it, encoded. Immutable.</summary>
internal sealed class ProviderEntry
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = ApiJson.Encoder };

    private ProviderEntry()
    {
    }

    /// <summary>Who it is, when it is asked and how the asking goes.</summary>
    public required StoredProvider Stored { get; init; }

    /// <summary>The latest sheet; null when there is none.</summary>
    public RateSheet? Sheet { get; private init; }

    /// <summary>What is answered of it; null when there is nothing.</summary>
    public RatePage? Page { get; private init; }

    /// <summary>How the sheet stands against its publication calendar.</summary>
    public StalenessStatus Status { get; private init; }

    /// <summary>When the status may change without a publication; null for never.</summary>
    public DateTimeOffset? ChangesAt { get; private init; }

    /// <summary>When the next publication is due; in the past when it is late, null when there will be none.</summary>
    public DateTimeOffset? ExpectedAt { get; private init; }

    /// <summary>Why there is nothing, or nothing newer; empty when all is well.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>What is wrong with the stored sheet that should have replaced this one; empty when nothing is.</summary>
    public string Trouble { get; private init; } = "";

    /// <summary>The opening of its JSON object, up to where the reason and <c>rates</c> follow.</summary>
    public byte[] Head { get; private set; } = [];

    /// <summary>The reason as a JSON member, comma first; empty when all is well.</summary>
    public byte[] Why { get; private set; } = [];

    /// <summary>The reason when the base is not covered, as a JSON member, comma first.</summary>
    public byte[] WhyUncovered { get; private set; } = [];

    /// <summary>When the sheet was fetched, as a header says it; empty when there is none.</summary>
    public StringValues LastModified { get; private init; }

    /// <summary>The provider's key.</summary>
    public string Key => Stored.Profile.Key;

    /// <summary>The institution's name.</summary>
    public string Name => Stored.Profile.Name;

    /// <summary>The day in use; null when there is none.</summary>
    public DateOnly? AsOf => Page?.Crosses.AsOf;

    /// <summary>True when its figure is too old to stand among others.</summary>
    public bool IsOutOfUse => Status is StalenessStatus.Frozen or StalenessStatus.Missing;

    /// <summary>Whose figures count as one with these in a blend.</summary>
    public string Independence => Stored.Profile.Independence is { Length: > 0 } group ? group : Key;

    /// <summary>The entry at <paramref name="now"/>.</summary>
    /// <param name="stored">What workers tell of the provider.</param>
    /// <param name="sheet">Its latest good sheet; null when there is none.</param>
    /// <param name="page">The page made of that sheet, when there is one already.</param>
    /// <param name="trouble">What is wrong with a newer stored sheet; empty when there is none.</param>
    /// <param name="now">The instant that the status holds for.</param>
    public static ProviderEntry Of(StoredProvider stored, RateSheet? sheet, RatePage? page, string trouble, DateTimeOffset now)
    {
        var calendar = stored.Profile.Calendar;
        var status = Staleness.Of(sheet?.AsOf, calendar, now);
        var entry = new ProviderEntry
        {
            Stored = stored,
            Sheet = sheet,
            Page = sheet is null ? null : page ?? new(CrossRates.Of(sheet.Observations, stored.Profile.Pivot)),
            Status = status,
            ChangesAt = Staleness.StatusChangesAt(sheet?.AsOf, calendar, now),
            ExpectedAt = sheet is null ? Staleness.NextExpectedAt(calendar, now) : sheet.NextExpectedAt,
            Reason = ReasonOf(stored, sheet, status, trouble),
            Trouble = trouble,
            LastModified = sheet?.FetchedAt.ToString("R", CultureInfo.InvariantCulture),
        };
        entry.Encode();
        return entry;
    }

    /// <summary>The same at a later time; itself while nothing can have changed.</summary>
    public ProviderEntry At(DateTimeOffset now) => ChangesAt <= now ? Of(Stored, Sheet, Page, Trouble, now) : this;

    /// <summary>The same provider's figures of an earlier day.</summary>
    /// <param name="page">What was published then; null when nothing was.</param>
    /// <param name="reason">Why there is nothing; empty when there is something.</param>
    public ProviderEntry On(RatePage? page, string reason)
    {
        var entry = new ProviderEntry
        {
            Stored = Stored,
            Page = page,
            Status = page is null ? StalenessStatus.Missing : StalenessStatus.Closed,
            Reason = reason,
        };
        entry.Encode();
        return entry;
    }

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

        Head = head.WrittenSpan[..^1].ToArray();
        Why = Reason.Length > 0 ? Member(Reason) : [];
        WhyUncovered = Page is null ? Why : Member(Reason.Length > 0 ? $"does not cover the base; {Reason}" : "does not cover the base");
    }

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

        if (Sheet is not null)
        {
            json.WriteString("fetchedAt"u8, Sheet.FetchedAt.ToText());
        }

        if (ExpectedAt is { } expected)
        {
            json.WriteString("nextExpectedAt"u8, expected.ToText());
        }
    }

    private static string ReasonOf(StoredProvider stored, RateSheet? sheet, StalenessStatus status, string trouble) => (sheet, stored) switch
    {
        _ when trouble.Length > 0 => trouble,
        (null, { Profile.Enabled: false }) => stored.Profile.Note is { Length: > 0 } note ? $"not fetched here: {note}" : "not fetched here",
        (null, { Health.Failures: > 0 }) => $"never fetched: {stored.Health.Reason}",
        (null, { Health.Quarantined: > 0 }) => "never published: every sheet so far was refused",
        (null, _) => "not fetched yet",
        ({ Seeded: true }, _) => "shipped with the product, not yet fetched here",
        _ when status is StalenessStatus.Stale or StalenessStatus.Frozen => stored.Health.Reason,
        _ => "",
    };
}
