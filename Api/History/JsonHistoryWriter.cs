using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Rates.Api;

/// <summary>Writes the answer of <c>/v1/history</c> as one JSON object: a series for each provider and quote.</summary>
internal sealed class JsonHistoryWriter(IBufferWriter<byte> to, HistoryForm form) : HistoryWriter(form)
{
    private readonly Utf8JsonWriter _json = new(to, Json);

    public override void Start(DateOnly from, DateOnly to, string group)
    {
        _json.WriteStartObject();
        _json.WriteString("base"u8, Form.Base);
        _json.WriteString("from"u8, from.ToText());
        _json.WriteString("to"u8, to.ToText());
        _json.WriteString("group"u8, group);
        if (Form.Policy is { } policy)
        {
            _json.WriteString("policy"u8, policy.Name);
            _json.WriteString("rule"u8, policy.Day.ToText());
        }

        _json.WriteStartArray("series"u8);
        _json.Flush();
    }

    public override void Write(IReadOnlyList<ReadySeries> series)
    {
        foreach (var one in series)
        {
            _json.WriteStartObject();
            _json.WriteString(NameMember, one.Name);
            _json.WriteString("quote"u8, one.Quote);
            if (Form.Select is null)
            {
                _json.WriteBoolean("derived"u8, one.Rates.Any(rate => rate.IsDerived));
            }
            else
            {
                WriteTexts("providers", one.Providers);
            }

            if (one.Rates.Any(rate => rate.IsUnconfirmed))
            {
                _json.WriteBoolean("unconfirmed"u8, true);
                WriteDays("unconfirmedDates", one.Rates.Where(rate => rate.IsUnconfirmed).Select(rate => rate.Day));
            }

            WriteDays("dates", one.Rates.Select(rate => rate.Day));
            if (Form.IsFilled)
            {
                WriteDays("asOf", one.Rates.Select(rate => rate.AsOf));
            }

            WriteRates("rates", one.Rates.Select(rate => rate.Rate));
            if (Form.Select is not null)
            {
                WriteCounts(one.Rates);
            }

            WriteNotes(one);

            if (one.Groups is { } groups)
            {
                foreach (var (name, figure) in RateGroup.Figures)
                {
                    WriteRates(name, groups.Select(figure));
                }
            }

            if (one.Revisions is { } revisions)
            {
                WriteRevisions(revisions);
            }

            _json.WriteEndObject();
            _json.Flush();
        }
    }

    public override void End(HistoryLack lack)
    {
        _json.WriteEndArray();
        if (lack.NotCovered.Count > 0)
        {
            WriteTexts("notCovered", lack.NotCovered.Select(one => one.Quote));
        }

        if (lack.Absent.Count > 0)
        {
            _json.WriteStartArray("absent"u8);
            foreach (var one in lack.Absent)
            {
                _json.WriteStartObject();
                _json.WriteString("provider"u8, one.Provider);
                _json.WriteString("status"u8, one.Status);
                _json.WriteString("reason"u8, one.Reason);
                if (one.Quotes is { } quotes)
                {
                    WriteTexts("quotes", quotes);
                }

                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.Flush();
    }

    public override void Dispose() => _json.Dispose();

    private void WriteCounts(IReadOnlyList<HistoryRate> rates)
    {
        _json.WriteStartArray("count"u8);
        foreach (var rate in rates)
        {
            _json.WriteNumberValue(rate.Count);
        }

        _json.WriteEndArray();
    }

    private void WriteNotes(ReadySeries series)
    {
        if (series.Notes.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("notes"u8);
        foreach (var run in NoteRun.Of(series.Notes, series.Rates))
        {
            _json.WriteStartObject();
            _json.WriteString("from"u8, run.From.ToText());
            _json.WriteString("to"u8, run.To.ToText());
            _json.WriteString("note"u8, run.Text);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteTexts(string name, IEnumerable<string> texts)
    {
        _json.WriteStartArray(name);
        foreach (var text in texts)
        {
            _json.WriteStringValue(text);
        }

        _json.WriteEndArray();
    }

    private void WriteRevisions(IReadOnlyList<RateRevision> revisions)
    {
        _json.WriteStartArray("knownFrom"u8);
        foreach (var rate in revisions.Where(rate => rate.KnownUntil is null))
        {
            _json.WriteStringValue(rate.KnownFromText ?? "");
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

    private void WriteDays(string name, IEnumerable<DateOnly> days)
    {
        Span<byte> text = stackalloc byte[10];
        _json.WriteStartArray(name);
        foreach (var day in days)
        {
            day.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            _json.WriteStringValue(text);
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
