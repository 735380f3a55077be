using System.Runtime.InteropServices;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Counts the rows of one source's answer, and collects those that cannot be read, with the reason.</summary>
internal sealed class RowLog
{
    private readonly Dictionary<string, (int Rows, int Odd)> _counts = new(StringComparer.Ordinal);
    private readonly List<OddRow> _odd = [];

    /// <summary>The rows that cannot be read, in the order of the answer.</summary>
    public IReadOnlyList<OddRow> Odd => _odd;

    /// <summary>How many of them were given up for a limit of time.</summary>
    public int TimeLimits { get; private set; }

    /// <summary>All rows of the most numerous kind.</summary>
    public int RowCount => _counts.Values.Select(count => count.Rows).DefaultIfEmpty().Max();

    /// <summary>Counts a row.</summary>
    public RowMark Begin(RowMark? parent, string kind, int index, Func<string>? name)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, kind, out _).Rows++;
        return new RowMark(parent, kind, index, name);
    }

    /// <summary>Runs a step of reading a row. False, and the row is odd, when the step fails for what the source sent.</summary>
    public bool Try<TIn, TOut>(RowMark mark, Func<TIn, TOut> step, TIn value, out TOut result)
    {
        try
        {
            result = step(value);
            return true;
        }
        catch (Exception problem) when (ReadingFailure.Is(problem))
        {
            mark.IsOdd = true;
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, mark.Kind, out _).Odd++;
            _odd.Add(new OddRow(mark.Place, problem.Message));
            TimeLimits += ReadingFailure.IsTimeLimit(problem) ? 1 : 0;
            result = default!;
            return false;
        }
    }

    /// <summary>Throws when too many rows of one kind (days, columns, figures) cannot be read: the source has changed.</summary>
    /// <exception cref="FormatException">They are too many; the message names the first.</exception>
    public void ThrowIfTooMany()
    {
        foreach (var (kind, count) in _counts)
        {
            if (OddRow.IsTooMany(count.Odd, count.Rows))
            {
                throw new FormatException($"{count.Odd} of {count.Rows} rows ({kind}) cannot be read, the first: {_odd[0]}");
            }
        }
    }
}
