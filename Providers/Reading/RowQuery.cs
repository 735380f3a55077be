using System.Collections;

namespace Rates.Providers;

/// <summary>
/// The rows of a source's answer as a LINQ source: a row for which a step of the query fails is left out and recorded, and the query goes
/// on with the next row.
/// </summary>
/// <remarks>
/// A row is left out whole: none of its figures is kept when one of its steps fails. Parts that are to be left out one by one are rows
/// themselves: <c>from cell in body.Rows(...)</c> inside the query.
/// </remarks>
internal sealed class RowQuery<T>(RowLog log, Func<RowMark?, IEnumerable<(RowMark Mark, T Value)>> items) : IEnumerable<T>
{
    /// <summary>Adds a step that converts every row.</summary>
    public RowQuery<TOut> Select<TOut>(Func<T, TOut> step) => new(log, parent => Selected(parent, step));

    /// <summary>Adds a step that leaves rows out without recording them as odd: rows that are known to be no rates.</summary>
    public RowQuery<T> Where(Func<T, bool> step) => new(log, parent => Filtered(parent, step));

    /// <summary>Adds a step that makes several figures of each row.</summary>
    public RowQuery<TOut> SelectMany<TPart, TOut>(Func<T, IEnumerable<TPart>> parts, Func<T, TPart, TOut> step) =>
        new(log, parent => Split<TPart, TOut>(parent, parts, step));

    /// <summary>Adds a step to the rows inside each row; each inner row is left out by itself.</summary>
    public RowQuery<TOut> SelectMany<TPart, TOut>(Func<T, RowQuery<TPart>> rows, Func<T, TPart, TOut> step) =>
        new(log, parent => Nested(parent, rows, step));

    /// <summary>What is left of the rows after all steps.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        List<T> figures = [];
        RowMark? current = null;
        foreach (var (mark, figure) in items(null))
        {
            if (mark != current)
            {
                foreach (var read in Kept(current, figures))
                {
                    yield return read;
                }

                (current, figures) = (mark, []);
            }

            figures.Add(figure);
        }

        foreach (var read in Kept(current, figures))
        {
            yield return read;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The rows as parts of <paramref name="parent"/>.</summary>
    internal IEnumerable<(RowMark Mark, T Value)> Under(RowMark parent) => items(parent);

    private static List<T> Kept(RowMark? mark, List<T> figures) => mark is { IsOdd: false } ? figures : [];

    private IEnumerable<(RowMark Mark, TOut Value)> Selected<TOut>(RowMark? parent, Func<T, TOut> step)
    {
        foreach (var (mark, value) in items(parent))
        {
            if (!mark.IsOdd && log.Try(mark, step, value, out var result))
            {
                yield return (mark, result);
            }
        }
    }

    private IEnumerable<(RowMark Mark, T Value)> Filtered(RowMark? parent, Func<T, bool> step)
    {
        foreach (var (mark, value) in items(parent))
        {
            if (!mark.IsOdd && log.Try(mark, step, value, out var isKept) && isKept)
            {
                yield return (mark, value);
            }
        }
    }

    private IEnumerable<(RowMark Mark, TOut Value)> Split<TPart, TOut>(
        RowMark? parent, Func<T, IEnumerable<TPart>> parts, Func<T, TPart, TOut> step)
    {
        foreach (var (mark, value) in items(parent))
        {
            if (!mark.IsOdd && log.Try(mark, one => parts(one).Select(part => step(one, part)).ToList(), value, out var results))
            {
                foreach (var result in results)
                {
                    yield return (mark, result);
                }
            }
        }
    }

    private IEnumerable<(RowMark Mark, TOut Value)> Nested<TPart, TOut>(
        RowMark? parent, Func<T, RowQuery<TPart>> rows, Func<T, TPart, TOut> step)
    {
        foreach (var (mark, value) in items(parent))
        {
            if (!mark.IsOdd && log.Try(mark, rows, value, out var inner))
            {
                foreach (var (part, one) in inner.Under(mark))
                {
                    if (!part.IsOdd && log.Try(part, each => step(value, each), one, out var result))
                    {
                        yield return (part, result);
                    }
                }
            }
        }
    }
}
