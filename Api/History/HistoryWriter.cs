using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rates.Api;

/// <summary>One provider's rates of one pair, ready to be written in the answer of <c>/v1/history</c>.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Quote">Code of the quote.</param>
/// <param name="Points">At least one, oldest first.</param>
internal sealed record ReadySeries(string Provider, string Quote, IReadOnlyList<HistoryPoint> Points)
{
    /// <summary>The rate of each point and those that it replaced, by day, newest first; null where they are not asked for.</summary>
    public IReadOnlyList<RateRevision>? Revisions { get; init; }

    /// <summary>A series with revisions.</summary>
    public static ReadySeries Of(string provider, string quote, IReadOnlyList<RateRevision> revisions) => new(
        provider, quote,
        [
            .. HistoryPoint.Of(
                [
                    .. from rate in revisions
                       where rate.KnownUntil is null
                       select new HistoryRate(rate.Day, rate.Rate, rate.IsDerived, rate.IsUnconfirmed),
                ], DayGroup.Day),
        ])
    {
        Revisions = revisions,
    };
}

/// <summary>How the answer of <c>/v1/history</c> is written: the base, the columns, and whether numbers are strings.</summary>
/// <param name="Base">Code of the base.</param>
/// <param name="IsGrouped">True to write first, high, low and average as well.</param>
/// <param name="WithRevisions">True to write the rates that were replaced as well.</param>
/// <param name="NumbersAsText">True to write rates as JSON strings.</param>
internal sealed record HistoryForm(string Base, bool IsGrouped, bool WithRevisions, bool NumbersAsText);

/// <summary>Writes the answer of <c>/v1/history</c> piece by piece, so that its whole never is in memory.</summary>
internal abstract class HistoryWriter(HistoryForm form) : IDisposable
{
    private static readonly JsonWriterOptions Json = new() { Encoder = AnswerJson.Encoder, SkipValidation = true };

    /// <summary>The writer of a format: JSON, CSV or NDJSON.</summary>
    public static HistoryWriter Of(AnswerFormat format, IBufferWriter<byte> to, HistoryForm form) => format switch
    {
        AnswerFormat.Csv => new CsvWriter(to, form),
        AnswerFormat.Ndjson => new NdjsonWriter(to, form),
        _ => new JsonWriter(to, form),
    };

    /// <summary>Writes what stands before the first series.</summary>
    public abstract void Start(DateOnly from, DateOnly to, string group);

    /// <summary>Writes the series of one provider, or of one year of it.</summary>
    public abstract void Write(IReadOnlyList<ReadySeries> series);

    /// <summary>Writes what stands after the last series.</summary>
    public abstract void End(IReadOnlyList<AbsentProvider> absent);

    /// <inheritdoc/>
    public abstract void Dispose();

    private void WriteRate(Utf8JsonWriter json, decimal rate)
    {
        if (form.NumbersAsText)
        {
            json.WriteStringValue(rate.ToText());
        }
        else
        {
            json.WriteNumberValue(rate);
        }
    }

    private void StartRow(Utf8JsonWriter json, ReadySeries series, DateOnly day, decimal rate)
    {
        json.WriteStartObject();
        json.WriteString("date"u8, day.ToText());
        json.WriteString("provider"u8, series.Provider);
        json.WriteString("base"u8, form.Base);
        json.WriteString("quote"u8, series.Quote);
        json.WritePropertyName("rate"u8);
        WriteRate(json, rate);
    }

    private void WriteRow(Utf8JsonWriter json, ReadySeries series, HistoryPoint point)
    {
        StartRow(json, series, point.Day, point.Last);
        foreach (var (name, rate) in More(point))
        {
            json.WritePropertyName(name);
            WriteRate(json, rate);
        }

        EndRow(json, point.IsUnconfirmed);
    }

    private static void EndRow(Utf8JsonWriter json, bool isUnconfirmed)
    {
        if (isUnconfirmed)
        {
            json.WriteBoolean("unconfirmed"u8, true);
        }

        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, RateRevision rate)
    {
        json.WriteString("knownFrom"u8, rate.KnownFromText);
        if (rate.KnownUntilText is { } until)
        {
            json.WriteString("knownUntil"u8, until);
        }
    }

    private (string Name, decimal Rate)[] More(HistoryPoint point) => form.IsGrouped
        ? [("first", point.First), ("high", point.High), ("low", point.Low), ("average", point.Average)]
        : [];

    // One row a day and quote, day by day.
    private static IEnumerable<(ReadySeries Series, HistoryPoint Point)> Rows(IReadOnlyList<ReadySeries> series) =>
        series.SelectMany(one => one.Points, (one, point) => (Series: one, Point: point)).OrderBy(row => row.Point.Day);

    private static IEnumerable<(ReadySeries Series, RateRevision Rate)> RevisedRows(IReadOnlyList<ReadySeries> series) =>
        series.SelectMany(one => one.Revisions ?? [], (one, rate) => (Series: one, Rate: rate)).OrderBy(row => row.Rate.Day);

    /// <summary>Writes the answer as JSON.</summary>
    private sealed class JsonWriter : HistoryWriter
    {
        private readonly Utf8JsonWriter _json;
        private readonly string _base;

        public JsonWriter(IBufferWriter<byte> to, HistoryForm form)
            : base(form) => (_json, _base) = (new(to, Json), form.Base);

        public override void Start(DateOnly from, DateOnly to, string group)
        {
            _json.WriteStartObject();
            _json.WriteString("base"u8, _base);
            _json.WriteString("from"u8, from.ToText());
            _json.WriteString("to"u8, to.ToText());
            _json.WriteString("group"u8, group);
            _json.WriteStartArray("series"u8);
            _json.Flush();
        }

        public override void Write(IReadOnlyList<ReadySeries> series)
        {
            foreach (var one in series)
            {
                _json.WriteStartObject();
                _json.WriteString("provider"u8, one.Provider);
                _json.WriteString("quote"u8, one.Quote);
                _json.WriteBoolean("derived"u8, one.Points.Any(point => point.IsDerived));
                if (one.Points.Any(point => point.IsUnconfirmed))
                {
                    _json.WriteBoolean("unconfirmed"u8, true);
                    WriteDays("unconfirmedDates", one.Points.Where(point => point.IsUnconfirmed));
                }

                WriteDays("dates", one.Points);
                WriteRates("rates", one.Points.Select(point => point.Last));
                foreach (var (index, (name, _)) in More(one.Points[0]).Index())
                {
                    WriteRates(name, one.Points.Select(point => More(point)[index].Rate));
                }

                if (one.Revisions is { } revisions)
                {
                    WriteRevisions(revisions);
                }

                _json.WriteEndObject();
                _json.Flush();
            }
        }

        public override void End(IReadOnlyList<AbsentProvider> absent)
        {
            _json.WriteEndArray();
            if (absent.Count > 0)
            {
                _json.WriteStartArray("absent"u8);
                foreach (var one in absent)
                {
                    _json.WriteStartObject();
                    _json.WriteString("provider"u8, one.Provider);
                    _json.WriteString("status"u8, one.Status);
                    _json.WriteString("reason"u8, one.Reason);
                    _json.WriteEndObject();
                }

                _json.WriteEndArray();
            }

            _json.WriteEndObject();
            _json.Flush();
        }

        public override void Dispose() => _json.Dispose();

        private void WriteRevisions(IReadOnlyList<RateRevision> revisions)
        {
            _json.WriteStartArray("knownFrom"u8);
            foreach (var rate in revisions.Where(rate => rate.KnownUntil is null))
            {
                _json.WriteStringValue(rate.KnownFromText);
            }

            _json.WriteEndArray();
            _json.WriteStartArray("revisions"u8);
            foreach (var rate in revisions.Where(rate => rate.KnownUntil is not null))
            {
                _json.WriteStartObject();
                _json.WriteString("date"u8, rate.Day.ToText());
                _json.WritePropertyName("rate"u8);
                WriteRate(_json, rate.Rate);
                WriteTimes(_json, rate);
                EndRow(_json, rate.IsUnconfirmed);
            }

            _json.WriteEndArray();
        }

        private void WriteDays(string name, IEnumerable<HistoryPoint> points)
        {
            Span<byte> day = stackalloc byte[10];
            _json.WriteStartArray(name);
            foreach (var point in points)
            {
                point.Day.TryFormat(day, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                _json.WriteStringValue(day);
            }

            _json.WriteEndArray();
        }

        private void WriteRates(string name, IEnumerable<decimal> rates)
        {
            _json.WriteStartArray(name);
            foreach (var rate in rates)
            {
                WriteRate(_json, rate);
            }

            _json.WriteEndArray();
        }
    }

    /// <summary>Writes the answer as NDJSON, one line for each rate.</summary>
    private sealed class NdjsonWriter(IBufferWriter<byte> to, HistoryForm form) : HistoryWriter(form)
    {
        private readonly bool _withRevisions = form.WithRevisions;
        private readonly IBufferWriter<byte> _to = to;
        private readonly Utf8JsonWriter _json = new(to, Json);

        public override void Start(DateOnly from, DateOnly to, string group)
        {
        }

        public override void Write(IReadOnlyList<ReadySeries> series)
        {
            foreach (var (one, rate) in RevisedRows(series))
            {
                StartRow(_json, one, rate.Day, rate.Rate);
                WriteTimes(_json, rate);
                EndRow(_json, rate.IsUnconfirmed);
                EndLine();
            }

            foreach (var (one, point) in _withRevisions ? [] : Rows(series))
            {
                WriteRow(_json, one, point);
                EndLine();
            }
        }

        private void EndLine()
        {
            _json.Flush();
            _json.Reset();
            _to.Write("\n"u8);
        }

        public override void End(IReadOnlyList<AbsentProvider> absent)
        {
        }

        public override void Dispose() => _json.Dispose();
    }

    /// <summary>Writes the answer as CSV, one line for each rate.</summary>
    private sealed class CsvWriter(IBufferWriter<byte> to, HistoryForm form) : HistoryWriter(form)
    {
        private readonly IBufferWriter<byte> _to = to;
        private readonly HistoryForm _form = form;

        public override void Start(DateOnly from, DateOnly to, string group) => Append(
            "date,provider,base,quote,rate"
            + $"{(_form.IsGrouped ? ",first,high,low,average" : _form.WithRevisions ? ",knownFrom,knownUntil" : "")}"
            + ",unconfirmed\r\n");

        public override void Write(IReadOnlyList<ReadySeries> series)
        {
            var text = new StringBuilder();
            foreach (var (one, rate) in RevisedRows(series))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{rate.Day:yyyy-MM-dd},{one.Provider},{_form.Base},{one.Quote},{rate.Rate},{rate.KnownFromText},"
                    + $"{rate.KnownUntilText}");
                EndRow(text, rate.IsUnconfirmed);
            }

            foreach (var (one, point) in _form.WithRevisions ? [] : Rows(series))
            {
                text.Append(
                    CultureInfo.InvariantCulture, $"{point.Day:yyyy-MM-dd},{one.Provider},{_form.Base},{one.Quote},{point.Last}");
                foreach (var (_, rate) in More(point))
                {
                    text.Append(CultureInfo.InvariantCulture, $",{rate}");
                }

                EndRow(text, point.IsUnconfirmed);
            }

            Append(text.ToString());
        }

        private static void EndRow(StringBuilder text, bool isUnconfirmed) => text.Append(isUnconfirmed ? ",true\r\n" : ",\r\n");

        public override void End(IReadOnlyList<AbsentProvider> absent)
        {
        }

        public override void Dispose()
        {
        }

        private void Append(string text) => Encoding.UTF8.GetBytes(text, _to);
    }
}
