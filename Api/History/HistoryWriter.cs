using System.Buffers;
using System.Text.Json;
using Rates.Core;

namespace Rates.Api;

/// <summary>How the answer of <c>/v1/history</c> is written: the base, the columns, and whether numbers are strings.</summary>
/// <param name="Base">Code of the base.</param>
/// <param name="IsGrouped">True to write first, high, low and average as well.</param>
/// <param name="WithRevisions">True to write the rates that were replaced as well.</param>
/// <param name="NumbersAsText">True to write rates as JSON strings.</param>
internal sealed record HistoryForm(string Base, bool IsGrouped, bool WithRevisions, bool NumbersAsText)
{
    private string? _rule;
    private DateOnly _ruleDay;

    /// <summary>True to write the day that each figure was published for.</summary>
    public bool IsFilled { get; init; }

    /// <summary>The policy that chose the figures; null for none.</summary>
    public Policy? Policy { get; init; }

    /// <summary>How a CSV is written.</summary>
    public CsvForm Csv { get; init; }

    /// <summary>
    /// The name of the selection by which the rates of several providers are combined; null where providers answer side by side.
    /// </summary>
    public string? Select { get; init; }

    /// <summary>True to write what there is to say of a day last: in every answer side by side.</summary>
    public bool HasLastNote => Select is null;

    /// <summary>The columns of an answer of rows.</summary>
    public string[] Columns =>
    [
        "date", Select is null ? "provider" : "select", "base", "quote", "rate",
        .. IsGrouped ? RateGroup.Names : WithRevisions ? ["knownFrom", "knownUntil"] : [],
        .. Select is null ? Array.Empty<string>() : ["count", "note"], "unconfirmed", .. IsFilled ? ["asOf"] : Array.Empty<string>(),
        .. HasLastNote ? ["note"] : Array.Empty<string>(), .. Policy is null ? Array.Empty<string>() : ["rule"],
    ];

    /// <summary>The rule of the policy that gives the rate of a day, as rows state it; null without a policy.</summary>
    public string? RuleFor(DateOnly day)
    {
        // Rows of one day follow each other.
        if (Policy is not null && (_rule is null || _ruleDay != day))
        {
            (_rule, _ruleDay) = (Policy.RuleFor(day), day);
        }

        return _rule;
    }
}

/// <summary>What a history has no rates of, with the reasons.</summary>
/// <param name="Absent">Requested providers that have nothing of the days and all or some of the pairs.</param>
/// <param name="NotCovered">
/// Requested quotes that a combined rate cannot be made of on any of the days; each with why, or null where a note of each day says it.
/// </param>
internal sealed record HistoryLack(List<AbsentProvider> Absent, List<(string Quote, string? Note)> NotCovered)
{
    /// <summary>The quotes of <see cref="NotCovered"/> that need a row of their own in an answer of rows.</summary>
    public IEnumerable<(string Quote, string Note)> NotCoveredRows => NotCovered.Where(one => one.Note is not null)!;

    /// <summary>Nothing yet.</summary>
    public HistoryLack()
        : this([], [])
    {
    }
}

/// <summary>Writes the answer of <c>/v1/history</c> piece by piece, so that its whole never is in memory.</summary>
internal abstract class HistoryWriter(HistoryForm form) : IDisposable
{
    private protected static readonly JsonWriterOptions Json = new() { Encoder = AnswerJsonSettings.Encoder, SkipValidation = true };

    private protected HistoryForm Form { get; } = form;

    // The member that names a series.
    private protected ReadOnlySpan<byte> NameMember => Form.Select is null ? "provider"u8 : "select"u8;

    /// <summary>The writer of a format: JSON, CSV or NDJSON.</summary>
    public static HistoryWriter Of(AnswerFormat format, IBufferWriter<byte> to, HistoryForm form) => format switch
    {
        AnswerFormat.Csv => new CsvHistoryWriter(to, form),
        AnswerFormat.Ndjson => new NdjsonHistoryWriter(to, form),
        _ => new JsonHistoryWriter(to, form),
    };

    /// <summary>Writes what stands before the first series.</summary>
    public abstract void Start(DateOnly from, DateOnly to, string group);

    /// <summary>Writes the series of one provider, or of one year of it.</summary>
    public abstract void Write(IReadOnlyList<ReadySeries> series);

    /// <summary>Writes what stands after the last series.</summary>
    public abstract void End(HistoryLack lack);

    /// <inheritdoc/>
    public abstract void Dispose();

    private protected void WriteRate(Utf8JsonWriter json, decimal rate)
    {
        if (Form.NumbersAsText)
        {
            json.WriteStringValue(rate.ToText());
        }
        else
        {
            json.WriteNumberValue(rate);
        }
    }

    private protected void StartRow(Utf8JsonWriter json, ReadySeries series, DateOnly day, decimal? rate)
    {
        Span<byte> text = stackalloc byte[IsoText.DayLength];
        IsoText.Write(day, text);
        json.WriteStartObject();
        json.WriteString("date"u8, text);
        WriteNames(json, series.Name, series.Quote);
        if (rate is { } figure)
        {
            json.WritePropertyName("rate"u8);
            WriteRate(json, figure);
        }
    }

    private protected void WriteNames(Utf8JsonWriter json, string name, string quote)
    {
        json.WriteString(NameMember, name);
        json.WriteString("base"u8, Form.Base);
        json.WriteString("quote"u8, quote);
    }

    private protected void WriteRow(Utf8JsonWriter json, in HistoryRow row)
    {
        StartRow(json, row.Series, row.Day, row.Rate?.Rate);
        foreach (var (name, figure) in More(row.Group))
        {
            json.WritePropertyName(name);
            WriteRate(json, figure);
        }

        if (Form.IsFilled && row.Rate is { } filled)
        {
            json.WriteString("asOf"u8, filled.AsOf.ToText());
        }

        if (row.Rate is { Count: > 0 } combined)
        {
            json.WriteNumber("count"u8, combined.Count);
        }

        WriteNote(json, row.Note);
        if (Form.RuleFor(row.Day) is { } rule)
        {
            json.WriteString("rule"u8, rule);
        }

        EndRow(json, row.Rate is { IsUnconfirmed: true });
    }

    private protected static void WriteNote(Utf8JsonWriter json, string? note)
    {
        if (note is not null)
        {
            json.WriteString("note"u8, note);
        }
    }

    private protected static void EndRow(Utf8JsonWriter json, bool isUnconfirmed)
    {
        if (isUnconfirmed)
        {
            json.WriteBoolean("unconfirmed"u8, true);
        }

        json.WriteEndObject();
    }

    private protected static void WriteTimes(Utf8JsonWriter json, RateRevision rate)
    {
        if (rate.KnownFromText is { } from)
        {
            json.WriteString("knownFrom"u8, from);
        }

        if (rate.KnownUntilText is { } until)
        {
            json.WriteString("knownUntil"u8, until);
        }
    }

    // Of a week or month; nothing of a day, for which nothing is allocated either.
    private protected static IEnumerable<(string Name, decimal Rate)> More(RateGroup? group) => group is { } one ? More(one) : [];

    private static IEnumerable<(string Name, decimal Rate)> More(RateGroup group) =>
        RateGroup.Figures.Select(figure => (figure.Name, figure.Of(group)));

    /// <summary>One row a day and quote, day by day.</summary>
    /// <param name="series">Every series is in order, so that nothing need be sorted.</param>
    public static IEnumerable<HistoryRow> Rows(IReadOnlyList<ReadySeries> series)
    {
        var next = new int[series.Count];
        var nextNote = new int[series.Count];
        while (NextDay(series, next, nextNote) is { } day)
        {
            LongWork.Yield();
            for (var index = 0; index < next.Length; index++)
            {
                var (rates, notes) = (series[index].Rates, series[index].Notes);
                DayNote? note = nextNote[index] < notes.Count && notes[nextNote[index]].Day == day ? notes[nextNote[index]++] : null;
                if (note is { HasRate: false } why)
                {
                    yield return new(series[index], -1, day, why.Text);
                }

                while (next[index] < rates.Count && rates[next[index]].Day == day)
                {
                    yield return new(series[index], next[index]++, day, note?.Text);
                }
            }
        }
    }

    // Null after the last.
    private static DateOnly? NextDay(IReadOnlyList<ReadySeries> series, int[] next, int[] nextNote)
    {
        DateOnly? first = null;
        for (var index = 0; index < next.Length; index++)
        {
            var (rates, notes) = (series[index].Rates, series[index].Notes);
            if (next[index] < rates.Count && rates[next[index]].Day is var day && !(day >= first))
            {
                first = day;
            }

            if (nextNote[index] < notes.Count && notes[nextNote[index]].Day is var noted && !(noted >= first))
            {
                first = noted;
            }
        }

        return first;
    }

    private protected static IEnumerable<(ReadySeries Series, RateRevision Rate)> RevisedRows(IReadOnlyList<ReadySeries> series) =>
        series.SelectMany(one => one.Revisions ?? [], (one, rate) => (Series: one, Rate: rate)).OrderBy(row => row.Rate.Day);
}

/// <summary>One row of the answer of <c>/v1/history</c>.</summary>
/// <param name="Series">The series that it belongs to.</param>
/// <param name="Index">The place of its rate in the series; -1 for a row without one.</param>
/// <param name="Day">Its day; of a week or month, that of the last rate.</param>
/// <param name="Note">What there is to say of it; null for nothing.</param>
internal readonly record struct HistoryRow(ReadySeries Series, int Index, DateOnly Day, string? Note)
{
    /// <summary>The rate of the day, or the last one of the week or month; null where there is none.</summary>
    public HistoryRate? Rate => Index < 0 ? null : Series.Rates[Index];

    /// <summary>The week or month; null for a day, and where there is no rate.</summary>
    public RateGroup? Group => Index < 0 ? null : Series.Groups?[Index];
}
