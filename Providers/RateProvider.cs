using Rates.Core;

namespace Rates.Providers;

/// <summary>The base class of adapters, one for each source: builds the requests to it and reads its answers, and nothing else.</summary>
/// <remarks>
/// Pure and stateless: no clock, client, log, retry or store. Names, addresses and schedules are data in the block beside the
/// class. An adapter yields figures as published: direction per row, all digits, nothing inverted or rounded; it may divide by the
/// quotation units. It throws on a body whose structure is not the expected one and never turns such a body into "no data".
/// </remarks>
public abstract class RateProvider
{
    // Each of them costs a second: a body that reaches more was made for it.
    private const int MostTimeLimits = 3;

    protected RateProvider()
    {
        Key = ProviderKey.OfClass(GetType().Name);
        Block = ProviderBlock.Embedded(GetType());
        Labels = LabelTable.Of(Block.Labels);
    }

    /// <summary>A provider that is no class of its own.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="block">Its block.</param>
    private protected RateProvider(string key, ProviderBlock block) => (Key, Block, Labels) = (key, block, LabelTable.Of(block.Labels));

    /// <summary>
    /// The key of the class name (<see cref="ProviderKey.OfClass"/>), or the key that an operator declared: names options, jobs, store keys
    /// and metrics.
    /// </summary>
    public string Key { get; }

    /// <summary>The block in force.</summary>
    public ProviderBlock Block { get; private set; }

    /// <summary>What the source's labels mean on each day: applied to what <see cref="Read"/> gives, before anything is stored.</summary>
    public LabelTable Labels { get; private set; }

    /// <summary>
    /// The requests that cover the window, in order. They may also cover days outside it where the source serves fixed spans, such
    /// as months; the caller keeps the days it wants.
    /// </summary>
    public abstract IEnumerable<ProviderRequest> Requests(FetchWindow window);

    /// <summary>Requests that an answer leads to: a next page, or the data behind a token page. None unless overridden.</summary>
    public virtual IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => [];

    /// <summary>
    /// Figures of the window's days that hold without asking anyone, beside those of <see cref="Requests"/>: a provider whose
    /// source ships with it has no others. None unless overridden.
    /// </summary>
    /// <exception cref="ProviderException">What ships is broken.</exception>
    public virtual IEnumerable<Observation> Standing(FetchWindow window) => [];

    /// <summary>
    /// Reads an answer: its figures, and the rows that cannot be read. No figure at all only when the source states in its documented way
    /// that it has none, or when the only row is odd.
    /// </summary>
    /// <remarks>
    /// Patterns have limits of time, against bodies that are made to take long. A machine that was held up reaches them too, so the body is
    /// read once more then, unless many rows reached them.
    /// </remarks>
    /// <exception cref="ProviderException">
    /// The body is not what this source sends, or more than a fifth of its rows cannot be read.
    /// </exception>
    public ParsedSheet Read(ProviderBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var reading = body.Again();
        bool IsToRepeat() => reading.Log.TimeLimits is > 0 and <= MostTimeLimits;
        try
        {
            var sheet = ReadOnce(body, reading);
            if (!IsToRepeat())
            {
                return sheet;
            }
        }
        catch (ProviderException problem) when (ReadingFailure.IsTimeLimit(problem) || IsToRepeat())
        {
            // Read once more below.
        }

        return ReadOnce(body, body.Again());
    }

    private ParsedSheet ReadOnce(ProviderBody body, ProviderBody reading)
    {
        try
        {
            List<Observation> observations = [.. Parse(reading)];
            if (observations.FindIndex(observation => observation.AsOf.Year is < 1900 or > 2200) is var misread and >= 0)
            {
                throw new FormatException($"{observations[misread].AsOf:yyyy-MM-dd} is no day of a rate");
            }

            reading.Log.ThrowIfTooMany();
            if (observations.Count == 0 && reading.Log.Odd.Count == 0 && !IsNoData(body))
            {
                throw new FormatException("no rate in the answer, and none of the source's no-data markers");
            }

            var rows = Math.Max(reading.Log.RowCount, observations.Count);
            return new ParsedSheet(Block.LastOfDayWins ? Lasts(observations) : observations, reading.Log.Odd, rows);
        }
        catch (Exception problem) when (ReadingFailure.Is(problem))
        {
            throw new ProviderException(ProviderFault.Unreadable, Key, problem.Message, problem);
        }
    }

    /// <summary>Reads what an answer leads on to, such as the token of a form.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="what">What it is called in messages.</param>
    /// <exception cref="ProviderException">The answer is not what this source sends.</exception>
    private protected T ReadStep<T>(ProviderBody answer, Func<ProviderBody, T> read, string what = "the form")
    {
        try
        {
            try
            {
                return read(answer);
            }
            catch (Exception problem) when (ReadingFailure.IsTimeLimit(problem))
            {
                return read(answer);
            }
        }
        catch (Exception problem) when (ReadingFailure.Is(problem))
        {
            throw new ProviderException(ProviderFault.Unreadable, Key, $"{what}: {problem.Message}", problem);
        }
    }

    /// <summary>This adapter under another block.</summary>
    public RateProvider With(ProviderBlock block)
    {
        var copy = (RateProvider)MemberwiseClone();
        copy.Block = block;
        copy.Labels = LabelTable.Of(block.Labels);
        return copy;
    }

    /// <summary>The figures of the body, as published.</summary>
    protected abstract IEnumerable<Observation> Parse(ProviderBody body);

    /// <summary>True for a no-data marker that the source was seen to send; asked only about bodies without any rate.</summary>
    protected virtual bool IsNoData(ProviderBody body) => false;

    /// <summary>Leaves out the figures that a later one of the same day, pair and kind contradicts.</summary>
    private static List<Observation> Lasts(List<Observation> observations)
    {
        var rates = observations.ToLookup(observation => Figure(observation), observation => observation.Rate);
        return observations.FindAll(observation => observation.Rate == rates[Figure(observation)].Last());

        static (DateOnly, CurrencyPair, RateKind) Figure(Observation observation) => (observation.AsOf, observation.Pair, observation.Kind);
    }

    /// <summary>A GET of <paramref name="path"/>, relative to the block's address.</summary>
    protected static ProviderRequest Get(string path) => new("GET", path);

    /// <summary>A POST to <paramref name="path"/>, relative to the block's address.</summary>
    protected static ProviderRequest Post(string path, string body, string contentType) =>
        new("POST", path) { Body = body, ContentType = contentType };
}
