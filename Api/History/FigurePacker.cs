using System.Buffers;
using System.Runtime.InteropServices;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Collects the rates of a provider day by day, and packs them as <see cref="PackedFigures"/>.</summary>
internal sealed class FigurePacker
{
    /// <summary>The bits of a packed scale that are the scale, 0 to 28.</summary>
    internal const byte ScaleBits = 0x1F;

    /// <summary>In place of a scale: the rate is kept as a decimal beside.</summary>
    internal const byte Wide = ScaleBits;

    /// <summary>Marks the packed scale of an unconfirmed rate.</summary>
    internal const byte Unconfirmed = 0x80;

    private readonly Dictionary<(CurrencyPair Pair, RateKind Kind), Builder> _columns = [];
    private readonly HashSet<DateOnly> _shippedDays = [];
    private readonly List<DateOnly> _days = new(Growing<int>.Length);

    /// <summary>The days that were added.</summary>
    internal DateOnly[] Days => [.. _days];

    /// <summary>Those of them with rates that ship with the product.</summary>
    internal IReadOnlySet<DateOnly> ShippedDays => _shippedDays;

    /// <summary>The rates of each pair and kind. They are taken once.</summary>
    internal Dictionary<(CurrencyPair Pair, RateKind Kind), PackedFigures.Column> Columns
    {
        get
        {
            int[] days = [.. _days.Select(day => day.DayNumber)];
            return _columns.ToDictionary(column => column.Key, column => column.Value.Build(days));
        }
    }

    /// <summary>A packer with some days, oldest first.</summary>
    public static FigurePacker Of(IReadOnlyList<StoredDay> days)
    {
        var packer = new FigurePacker();
        foreach (var day in days)
        {
            LongWork.Yield();
            packer.Add(day.Day, [.. day.Figures]);
            if (day.IsShipped)
            {
                packer._shippedDays.Add(day.Day);
            }
        }

        return packer;
    }

    /// <summary>Adds a day, later than those before.</summary>
    public void Add(DateOnly day, ReadOnlySpan<Observation> figures)
    {
        _days.Add(day);
        foreach (var figure in figures)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_columns, (figure.Pair, figure.Kind), out _) ??= new()).Add(figure);
        }
    }

    /// <summary>All that was added, packed. The packer cannot be used after it.</summary>
    public PackedFigures Pack() => new(this);

    /// <summary>Collects the rates of one pair and kind.</summary>
    private sealed class Builder
    {
        private readonly Growing<int> _days = new();
        private readonly Growing<long> _numbers = new();
        private readonly Growing<byte> _scales = new();
        private readonly Dictionary<int, decimal> _wide = [];
        private bool _isAboveZero = true;
        private long _largest;

        public void Add(in Observation figure)
        {
            Span<int> parts = stackalloc int[4];
            decimal.GetBits(figure.Rate, parts);
            var fits = parts[2] == 0 && parts[1] >= 0 && figure.Rate >= 0;
            if (!fits)
            {
                _wide[_days.Count] = figure.Rate;
            }

            _isAboveZero &= figure.Rate > 0;
            _days.Add(figure.AsOf.DayNumber);
            var number = fits ? ((long)parts[1] << 32) | unchecked((uint)parts[0]) : 0;
            _largest = Math.Max(_largest, number);
            _numbers.Add(number);
            _scales.Add((byte)((fits ? figure.Rate.Scale : Wide) | (figure.IsUnconfirmed ? Unconfirmed : 0)));
        }

        // Most pairs have a rate each day, and few rates have more digits than four bytes hold. Ends the use of this.
        public PackedFigures.Column Build(int[] allDays)
        {
            var sharesDays = _days.Written.SequenceEqual(allDays);
            var isNarrow = _largest <= int.MaxValue;
            var column = new PackedFigures.Column(
                sharesDays ? allDays : _days.Written.ToArray(), isNarrow ? Narrowed() : [], isNarrow ? [] : _numbers.Written.ToArray(),
                _scales.Written.ToArray(), _wide)
            {
                IsAboveZero = _isAboveZero,
                SharesDays = sharesDays,
            };
            _days.Return();
            _numbers.Return();
            _scales.Return();
            return column;
        }

        private int[] Narrowed()
        {
            var narrowed = new int[_numbers.Count];
            for (var index = 0; index < narrowed.Length; index++)
            {
                narrowed[index] = (int)_numbers.Written[index];
            }

            return narrowed;
        }
    }

    /// <summary>
    /// A list whose memory is used again, because so many are made for a long answer: what is allocated makes the collector stop all reads.
    /// </summary>
    private sealed class Growing<T>
    {
        // The days of a year.
        public const int Length = 366;

        private T[] _items = ArrayPool<T>.Shared.Rent(Length);

        public int Count { get; private set; }

        public void Add(T item)
        {
            if (Count == _items.Length)
            {
                var larger = ArrayPool<T>.Shared.Rent(Count * 2);
                _items.CopyTo(larger, 0);
                ArrayPool<T>.Shared.Return(_items);
                _items = larger;
            }

            _items[Count++] = item;
        }

        /// <summary>What was added.</summary>
        public ReadOnlySpan<T> Written => _items.AsSpan(0, Count);

        // Ends the use of the list.
        public void Return()
        {
            ArrayPool<T>.Shared.Return(_items);
            (_items, Count) = ([], 0);
        }
    }
}
