using System.Buffers;
using System.Text.Json;

namespace Rates.Api;

/// <summary>How the answer of <c>/v1/history</c> is written: the base, the columns, and whether numbers are strings.</summary>
/// <param name="Base">Code of the base.</param>
/// <param name="IsGrouped">True to write first, high, low and average as well.</param>
/// <param name="WithRevisions">True to write the rates that were replaced as well.</param>
/// <param name="NumbersAsText">True to write rates as JSON strings.</param>
internal sealed record HistoryForm(string Base, bool IsGrouped, bool WithRevisions, bool NumbersAsText)
{
    /// <summary>True to write the day that each figure was published for.</summary>
    public bool IsFilled { get; init; }

    /// <summary>The policy that chose the figures; null for none.</summary>
    public Policy? Policy { get; init; }

    /// <summary>How a CSV is written.</summary>
    public CsvForm Csv { get; init; }
}

/// <summary>Writes the answer of <c>/v1/history</c> piece by piece, so that its whole never is in memory.</summary>
internal abstract class HistoryWriter(HistoryForm form) : IDisposable
{
    private protected static readonly JsonWriterOptions Json = new() { Encoder = AnswerJsonSettings.Encoder, SkipValidation = true };

    private protected HistoryForm Form { get; } = form;

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
    public abstract void End(IReadOnlyList<AbsentProvider> absent);

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

    private protected void StartRow(Utf8JsonWriter json, ReadySeries series, DateOnly day, decimal rate)
    {
        json.WriteStartObject();
        json.WriteString("date"u8, day.ToText());
        json.WriteString("provider"u8, series.Provider);
        json.WriteString("base"u8, Form.Base);
        json.WriteString("quote"u8, series.Quote);
        json.WritePropertyName("rate"u8);
        WriteRate(json, rate);
    }

    private protected void WriteRow(Utf8JsonWriter json, HistoryRow row)
    {
        StartRow(json, row.Series, row.Rate.Day, row.Rate.Rate);
        foreach (var (name, figure) in More(row.Group))
        {
            json.WritePropertyName(name);
            WriteRate(json, figure);
        }

        if (Form.IsFilled)
        {
            json.WriteString("asOf"u8, row.Rate.AsOf.ToText());
        }

        EndRow(json, row.Rate.IsUnconfirmed);
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
        json.WriteString("knownFrom"u8, rate.KnownFromText);
        if (rate.KnownUntilText is { } until)
        {
            json.WriteString("knownUntil"u8, until);
        }
    }

    // Of a week or month; nothing of a day.
    private protected static IEnumerable<(string Name, decimal Rate)> More(RateGroup? group) => group is { } one
        ? RateGroup.Figures.Select(figure => (figure.Name, figure.Of(one)))
        : [];

    // One row a day and quote, day by day. Every series is in order, so that nothing need be sorted.
    private protected static IEnumerable<HistoryRow> Rows(IReadOnlyList<ReadySeries> series)
    {
        var next = new int[series.Count];
        while (NextDay(series, next) is { } day)
        {
            for (var index = 0; index < next.Length; index++)
            {
                var rates = series[index].Rates;
                while (next[index] < rates.Count && rates[next[index]].Day == day)
                {
                    yield return new(series[index], next[index]++);
                }
            }
        }
    }

    // Null after the last.
    private static DateOnly? NextDay(IReadOnlyList<ReadySeries> series, int[] next)
    {
        DateOnly? first = null;
        for (var index = 0; index < next.Length; index++)
        {
            if (next[index] < series[index].Rates.Count && series[index].Rates[next[index]].Day is var day && !(day >= first))
            {
                first = day;
            }
        }

        return first;
    }

    private protected static IEnumerable<(ReadySeries Series, RateRevision Rate)> RevisedRows(IReadOnlyList<ReadySeries> series) =>
        series.SelectMany(one => one.Revisions ?? [], (one, rate) => (Series: one, Rate: rate)).OrderBy(row => row.Rate.Day);
}

/// <summary>One row of the answer of <c>/v1/history</c>.</summary>
/// <param name="Series">The series that it belongs to.</param>
/// <param name="Index">Its place in the series.</param>
internal readonly record struct HistoryRow(ReadySeries Series, int Index)
{
    /// <summary>The rate of the day, or the last one of the week or month.</summary>
    public HistoryRate Rate => Series.Rates[Index];

    /// <summary>The week or month; null for a day.</summary>
    public RateGroup? Group => Series.Groups?[Index];
}
