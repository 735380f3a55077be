using System.Buffers;
using System.Text.Json;

namespace Rates.Api;

/// <summary>Writes the answer of <c>/v1/history</c> as NDJSON, one line for each rate.</summary>
internal sealed class NdjsonHistoryWriter(IBufferWriter<byte> to, HistoryForm form) : HistoryWriter(form)
{
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
            WriteNote(_json, rate.Note);
            EndRow(_json, rate.IsUnconfirmed);
            EndLine();
        }

        foreach (var row in Form.WithRevisions ? [] : Rows(series))
        {
            WriteRow(_json, row);
            EndLine();
        }
    }

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        _to.Write("\n"u8);
    }

    public override void End(HistoryLack lack)
    {
        foreach (var (quote, note) in lack.NotCoveredRows)
        {
            _json.WriteStartObject();
            WriteNames(_json, Form.Select!, quote);
            _json.WriteString("note"u8, note);
            _json.WriteEndObject();
            EndLine();
        }
    }

    public override void Dispose() => _json.Dispose();
}
