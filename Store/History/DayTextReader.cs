using System.Buffers;
using System.Globalization;
using System.Text;
using Rates.Core;

namespace Rates.Store;

/// <summary>Reads the text that <see cref="DayTextWriter"/> wrote of a day of history.</summary>
/// <param name="day">The day.</param>
/// <param name="text">Its text.</param>
internal ref struct DayTextReader(DateOnly day, ReadOnlySpan<byte> text)
{
    /// <summary>How an instant with an offset is written.</summary>
    public const string InstantForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    private const int LongestInstant = 40;

    // A quote and some digits.
    private const int ShortestFigure = 9;

    private static readonly SearchValues<byte> NumberSigns = SearchValues.Create("-.0123456789"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>The day; null when the text is not one.</summary>
    public StoredDay? Read()
    {
        List<Observation> figures = NewFigures();
        return TryRead(figures, out var fetchedAt, out var revisions) ? new(day, fetchedAt, figures) { Revisions = revisions } : null;
    }

    /// <summary>Adds the figures of the day to a list; false when the text is not a day, and the list is of no use then.</summary>
    public bool TryRead(List<Observation> figures) => TryRead(figures, out _, out _);

    private bool TryRead(List<Observation> figures, out DateTimeOffset fetchedAt, out IReadOnlyList<StoredRevision> revisions)
    {
        revisions = [];
        var isRead = TryReadState(figures, out var state);
        fetchedAt = state.FetchedAt;
        List<StoredRevision>? earlier = null;
        while (isRead && _at < _text.Length)
        {
            _at++;
            var replaced = NewFigures();
            isRead = TryReadState(replaced, out var before);
            (earlier ??= []).Add(new(before.FetchedAt, replaced, before.Added ?? []) { Unconfirmed = before.Unconfirmed ?? [] });
        }

        revisions = earlier ?? revisions;
        return isRead;
    }

    private readonly List<Observation> NewFigures() => new((_text.Length - _at) / ShortestFigure);

    // One line.
    private bool TryReadState(List<Observation> figures, out State state)
    {
        state = default;
        if (ReadInstant(Word()) is not { } fetchedAt)
        {
            return false;
        }

        state.FetchedAt = fetchedAt;
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
            var word = Word();
            var list = word.SequenceEqual("added"u8) ? state.Added ??= []
                : word.SequenceEqual("unconfirmed"u8) ? state.Unconfirmed ??= [] : null;
            if (list is not null)
            {
                _at++;
                word = Word();
            }

            if (RateKindNames.Find(word) is not { } kind || _at >= _text.Length || _text[_at] != ' ')
            {
                return false;
            }

            _at++;
            if (list is null ? !ReadFigures(kind, figures) : !ReadPairs(kind, list))
            {
                return false;
            }
        }

        Mark(figures, state.Unconfirmed);
        return _at == _text.Length || _text[_at] == '\n';
    }

    private bool ReadFigures(RateKind kind, List<Observation> figures)
    {
        CurrencyPair pair = default;
        do
        {
            if (!ReadPair(ref pair) || !ReadNumber(out var rate))
            {
                return false;
            }

            DateTimeOffset? at = null;
            if (_at < _text.Length && _text[_at] == '@')
            {
                var end = _text[_at..].IndexOf((byte)',');
                if (end < 0 || ReadInstant(_text.Slice(_at + 1, end - 1)) is not { } instant)
                {
                    return false;
                }

                (at, _at) = (instant, _at + end + 1);
            }

            figures.Add(new(day, pair, rate, kind) { At = at });
        }
        while (!IsEndOfWord());
        return true;
    }

    private bool ReadPairs(RateKind kind, List<(CurrencyPair Pair, RateKind Kind)> pairs)
    {
        CurrencyPair pair = default;
        do
        {
            if (!ReadPair(ref pair))
            {
                return false;
            }

            pairs.Add((pair, kind));
        }
        while (!IsEndOfWord());
        return true;
    }

    private bool ReadPair(ref CurrencyPair pair)
    {
        if (!ReadCode(out var code))
        {
            return false;
        }

        if (_at >= _text.Length || _text[_at] != '/')
        {
            pair = pair with { Quote = code };
            return !pair.Base.IsNone;
        }

        _at++;
        pair = new(code, ReadCode(out var quote) ? quote : pair.Quote);
        return !pair.Quote.IsNone;
    }

    private bool ReadCode(out Currency code)
    {
        code = default;
        if (_text.Length - _at < 3)
        {
            return false;
        }

        Span<char> letters = [(char)_text[_at], (char)_text[_at + 1], (char)_text[_at + 2]];
        if (!Currency.TryParse(letters, out code))
        {
            return false;
        }

        _at += 3;
        return true;
    }

    private bool ReadNumber(out decimal number)
    {
        var length = _text[_at..].IndexOfAnyExcept(NumberSigns);
        length = length < 0 ? _text.Length - _at : length;
        var isNumber = decimal.TryParse(
            _text.Slice(_at, length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out number);
        _at += length;
        return isNumber;
    }

    private readonly bool IsEndOfWord() => _at >= _text.Length || _text[_at] is (byte)' ' or (byte)'\n';

    private ReadOnlySpan<byte> Word()
    {
        var from = Math.Min(_at, _text.Length);
        var length = _text[from..].IndexOfAny(" \n"u8);
        _at = length < 0 ? _text.Length : from + length;
        return _text[from.._at];
    }

    private static DateTimeOffset? ReadInstant(ReadOnlySpan<byte> text)
    {
        Span<char> letters = stackalloc char[LongestInstant];
        return text.Length <= LongestInstant && Encoding.ASCII.TryGetChars(text, letters, out var length)
            && DateTimeOffset.TryParseExact(
                letters[..length], InstantForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : null;
    }

    // The unconfirmed pairs stand after the figures.
    private static void Mark(List<Observation> figures, List<(CurrencyPair Pair, RateKind Kind)>? unconfirmed)
    {
        if (unconfirmed is null)
        {
            return;
        }

        var marked = unconfirmed.ToHashSet();
        for (var index = 0; index < figures.Count; index++)
        {
            var figure = figures[index];
            figures[index] = figure with { IsUnconfirmed = marked.Contains((figure.Pair, figure.Kind)) };
        }
    }

    /// <summary>What one line says beside its figures. Most days have neither of the two lists.</summary>
    private record struct State(DateTimeOffset FetchedAt)
    {
        public List<(CurrencyPair Pair, RateKind Kind)>? Added { get; set; }

        public List<(CurrencyPair Pair, RateKind Kind)>? Unconfirmed { get; set; }
    }
}
