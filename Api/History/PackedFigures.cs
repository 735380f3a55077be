using System.Collections;
using System.Runtime.InteropServices;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>The stored rates of one provider and year in compact form: mostly 5 bytes a rate, in place of some 80. Immutable.</summary>
/// <remarks>Each pair and kind has one column of days, whole numbers and scales: a reader of one pair reads nothing else.</remarks>
internal sealed class PackedFigures
{
    private readonly Dictionary<(CurrencyPair Pair, RateKind Kind), Column> _columns;
    private readonly ILookup<CurrencyPair, RateKind> _kinds;

    /// <summary>Packs days.</summary>
    /// <param name="days">Of one year, oldest first.</param>
    public PackedFigures(IReadOnlyList<StoredDay> days)
        : this(FigurePacker.Of(days))
    {
    }

    /// <summary>Takes the columns of a packer.</summary>
    internal PackedFigures(FigurePacker packer)
    {
        Days = packer.Days;
        ShippedDays = packer.ShippedDays;
        _columns = packer.Columns;
        _kinds = _columns.Keys.ToLookup(column => column.Pair, column => column.Kind);
        Bytes = 64 + (Days.Length * 8) + _columns.Values.Sum(column => column.Bytes);
    }

    /// <summary>The days that have figures, oldest first.</summary>
    public DateOnly[] Days { get; }

    /// <summary>Those of them with rates that ship with the product and that nobody fetched here; mostly none.</summary>
    public IReadOnlySet<DateOnly> ShippedDays { get; }

    /// <summary>About how many bytes it takes.</summary>
    public long Bytes { get; }

    /// <summary>Every pair that has a figure.</summary>
    public IEnumerable<CurrencyPair> Pairs => _kinds.Select(pair => pair.Key);

    /// <summary>True when the pair has one kind of figure, none of the other direction, and so is answered exactly as published.</summary>
    public bool IsPublishedAlone(CurrencyPair pair) =>
        _kinds[pair].Count() == 1 && _kinds[pair].All(Headline.Takes) && !_kinds.Contains(pair.Inverse);

    /// <summary>The figures of a pair of which <see cref="IsPublishedAlone"/> holds, oldest first.</summary>
    public IReadOnlyList<PackedFigure> Published(CurrencyPair pair) => _columns[(pair, _kinds[pair].First())];

    /// <summary>
    /// The rates between two days, both included, of a pair of which <see cref="IsPublishedAlone"/> holds; null where a day has none.
    /// </summary>
    public PublishedRates? Published(CurrencyPair pair, DateOnly from, DateOnly to)
    {
        var column = _columns[(pair, _kinds[pair].First())];
        return column.Count == Days.Length && column.IsAboveZero ? new(column, IndexOf(from), IndexOf(to.AddDays(1))) : null;
    }

    /// <summary>The figure of a day of a pair of which <see cref="IsPublishedAlone"/> holds; null when the day has none.</summary>
    public Observation? Published(CurrencyPair pair, DateOnly day)
    {
        var kind = _kinds[pair].First();
        return _columns[(pair, kind)].Find(day)?.Of(pair, kind);
    }

    /// <summary>The newest day of each pair and kind, for days that are asked for in order.</summary>
    public NewestDays StartNewestDays() => new([.. _columns]);

    /// <summary>True only where the figures of a day give a rate; false where that is not plain from one of them.</summary>
    public bool HasPlainRate(DateOnly day) => _columns.Any(column =>
        Headline.Takes(column.Key.Kind) && column.Key.Pair.Base != column.Key.Pair.Quote && _kinds[column.Key.Pair].Count() == 1
            && column.Value.Find(day) is { Rate: > 0 });

    /// <summary>Whether a day between two days, both included, has figures.</summary>
    public bool HasDays(DateOnly from, DateOnly to)
    {
        var index = IndexOf(from);
        return index < Days.Length && Days[index] <= to;
    }

    // Of the first day that is no earlier.
    private int IndexOf(DateOnly day)
    {
        var index = Array.BinarySearch(Days, day);
        return index >= 0 ? index : ~index;
    }

    /// <summary>The figures of every pair that both of its currencies are among <paramref name="currencies"/>, by day.</summary>
    public Dictionary<DateOnly, List<Observation>> Among(IReadOnlySet<Currency> currencies)
    {
        var days = new Dictionary<DateOnly, List<Observation>>();
        foreach (var ((pair, kind), column) in _columns)
        {
            if (!currencies.Contains(pair.Base) || !currencies.Contains(pair.Quote))
            {
                continue;
            }

            foreach (var figure in column)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(days, figure.Day, out _) ??= []).Add(figure.Of(pair, kind));
            }
        }

        return days;
    }

    /// <summary>Every figure of one day.</summary>
    public List<Observation> Of(DateOnly day)
    {
        List<Observation> figures = [];
        foreach (var ((pair, kind), column) in _columns)
        {
            if (column.Find(day) is { } figure)
            {
                figures.Add(figure.Of(pair, kind));
            }
        }

        return figures;
    }

    /// <summary>
    /// Knows of each pair and kind the newest day up to some day. The day moves forward only, so that no column is searched again.
    /// </summary>
    public sealed class NewestDays
    {
        private readonly KeyValuePair<(CurrencyPair Pair, RateKind Kind), Column>[] _columns;
        private readonly int[] _next;

        internal NewestDays(KeyValuePair<(CurrencyPair, RateKind), Column>[] columns) =>
            (_columns, _next) = (columns, new int[columns.Length]);

        /// <summary>Moves to a day, which is included, and gives the pairs and kinds that have a day from another one on.</summary>
        /// <param name="from">The other day, included.</param>
        /// <param name="to">The day; no earlier than the last time.</param>
        /// <param name="take">Receives each with its newest day.</param>
        public void MoveTo(DateOnly from, DateOnly to, Action<(CurrencyPair Pair, RateKind Kind), DateOnly> take)
        {
            for (var index = 0; index < _next.Length; index++)
            {
                var days = _columns[index].Value.Days;
                var next = _next[index];
                while (next < days.Length && days[next] <= to.DayNumber)
                {
                    next++;
                }

                _next[index] = next;
                if (next > 0 && days[next - 1] >= from.DayNumber)
                {
                    take(_columns[index].Key, DateOnly.FromDayNumber(days[next - 1]));
                }
            }
        }
    }

    /// <summary>
    /// The packed rates of one pair and kind. The numbers are narrow ones where all have at most 31 bits, else the others. A rate whose
    /// digits need more than 63 bits is kept as a decimal beside. The byte of the scale has the mark of an unconfirmed rate as well.
    /// </summary>
    internal sealed class Column(int[] days, int[] narrow, long[] numbers, byte[] scales, Dictionary<int, decimal> wide)
        : IReadOnlyList<PackedFigure>
    {
        public long Bytes =>
            64 + ((SharesDays ? 0 : days.Length) + narrow.Length) * 4L + (numbers.Length * 8L) + scales.Length + (wide.Count * 40L);

        /// <summary>True where its days are those of the whole year, and so take no memory.</summary>
        public bool SharesDays { get; init; }

        public int Count => days.Length;

        /// <summary>False where a rate is zero or less, which is no rate.</summary>
        public bool IsAboveZero { get; init; }

        public PackedFigure this[int index]
        {
            get
            {
                var scale = (byte)(scales[index] & FigurePacker.ScaleBits);
                var number = narrow.Length > 0 ? narrow[index] : numbers[index];
                return new(
                    DateOnly.FromDayNumber(days[index]),
                    scale == FigurePacker.Wide
                        ? wide[index]
                        : new(unchecked((int)number), unchecked((int)(number >> 32)), 0, isNegative: false, scale),
                    (scales[index] & FigurePacker.Unconfirmed) != 0);
            }
        }

        // Day numbers, ascending.
        public ReadOnlySpan<int> Days => days;

        public PackedFigure? Find(DateOnly day) => Array.BinarySearch(days, day.DayNumber) is var index and >= 0 ? this[index] : null;

        public IEnumerator<PackedFigure> GetEnumerator()
        {
            for (var index = 0; index < days.Length; index++)
            {
                yield return this[index];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

/// <summary>One rate of a pair and kind, taken out of <see cref="PackedFigures"/>.</summary>
/// <param name="Day">Its day.</param>
/// <param name="Rate">As published.</param>
/// <param name="IsUnconfirmed">True when nobody has confirmed it.</param>
internal readonly record struct PackedFigure(DateOnly Day, decimal Rate, bool IsUnconfirmed)
{
    /// <summary>The figure with its pair and kind; the instant that a source may give is not kept here.</summary>
    public Observation Of(CurrencyPair pair, RateKind kind) => new(Day, pair, Rate, kind) { IsUnconfirmed = IsUnconfirmed };
}
