using Rates.Core;

namespace Rates.Api;

/// <summary>What the rows of a provider have in common: their bytes around the quote, the rate and whether that is a cross.</summary>
/// <param name="Key">What they hold for.</param>
/// <param name="Start">What stands before the quote.</param>
/// <param name="Between">What stands between the quote and the rate.</param>
/// <param name="EndOfPublished">What stands after a rate that was published.</param>
/// <param name="EndOfDerived">What stands after a rate that is a cross.</param>
internal sealed record SharedCells(SharedCellsKey Key, byte[] Start, byte[] Between, byte[] EndOfPublished, byte[] EndOfDerived)
{
    /// <summary>Writes a row.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="quote">Code of the quote.</param>
    /// <param name="figure">The rate as text.</param>
    /// <param name="isDerived">Whether it is a cross.</param>
    public void WriteRow(ByteBuffer buffer, ReadOnlySpan<byte> quote, ReadOnlySpan<byte> figure, bool isDerived)
    {
        var end = isDerived ? EndOfDerived : EndOfPublished;
        var row = buffer.GetSpan(Start.Length + quote.Length + Between.Length + figure.Length + end.Length);
        var length = 0;
        Add(Start, row);
        Add(quote, row);
        Add(Between, row);
        Add(figure, row);
        Add(end, row);
        buffer.Advance(length);

        void Add(ReadOnlySpan<byte> part, Span<byte> to)
        {
            part.CopyTo(to[length..]);
            length += part.Length;
        }
    }
}

/// <summary>What <see cref="SharedCells"/> hold for, beside the provider and the format.</summary>
/// <param name="Base">Ordinal of the base.</param>
/// <param name="Kind">Which figure the rates are.</param>
/// <param name="NumbersAsText">Whether rates are JSON strings.</param>
/// <param name="Csv">How a CSV is written.</param>
internal readonly record struct SharedCellsKey(int Base, RateKind Kind, bool NumbersAsText, CsvForm Csv);
