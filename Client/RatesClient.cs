using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;

namespace Rates.Client;

/// <summary>
/// Reads rates from a Rates service. Safe for several threads. Every method throws <see cref="RatesProblemException"/> when the
/// service refuses the request, and <see cref="HttpRequestException"/> when it cannot be reached in time.
/// </summary>
/// <param name="http">
/// Sends the requests; its <see cref="HttpClient.BaseAddress"/> is that of the service. <c>AddRatesClient</c> makes one that tries
/// again after failures and keeps answers.
/// </param>
public sealed partial class RatesClient(HttpClient http)
{
    /// <summary>The rates of each provider, side by side.</summary>
    public Task<RatesByProvider> GetRatesAsync(RatesQuery query, CancellationToken cancellationToken = default) => GetAsync(
        Text("v1/rates", query, null), ClientJson.Default.RatesByProvider, cancellationToken);

    /// <summary>The rates of several providers, combined into one for each quote.</summary>
    public Task<BlendedRates> GetBlendedRatesAsync(
        RatesQuery query, Selection select, CancellationToken cancellationToken = default) => GetAsync(
        Text("v1/rates", query, select), ClientJson.Default.BlendedRates, cancellationToken);

    /// <summary>
    /// Combined rates as a plain dictionary: quote to units of the quote for 1 base. Quotes that nobody has, or whose providers
    /// contradict each other, are not in it.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, decimal>> GetDictionaryAsync(
        RatesQuery query, Selection select = Selection.Median, CancellationToken cancellationToken = default)
    {
        var answer = await GetBlendedRatesAsync(query, select, cancellationToken);
        return answer.Rates.Where(rate => rate.Value.Rate is not null).ToDictionary(rate => rate.Key, rate => rate.Value.Rate!.Value);
    }

    /// <summary>The rates that a policy of the service chooses, with the rule that gave each; see <c>/v1/policies</c>.</summary>
    /// <param name="policy">The name of the policy, such as <c>vat-eu</c>; one that combines providers, or has one provider.</param>
    /// <param name="query">Base, quotes and day. Its providers must be empty: the policy names them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<BlendedRates> GetRatesByPolicyAsync(string policy, RatesQuery query, CancellationToken cancellationToken = default) =>
        GetAsync(Text("v1/rates", query, null).Add("policy", policy), ClientJson.Default.BlendedRates, cancellationToken);

    /// <summary>
    /// Rates of each provider as plain dictionaries: provider to quote to units of the quote for 1 base. Providers without rates
    /// are not in it.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, decimal>>> GetDictionaryByProviderAsync(
        RatesQuery query, CancellationToken cancellationToken = default)
    {
        var answer = await GetRatesAsync(query, cancellationToken);
        return answer.Providers.Where(provider => provider.Rates.Count > 0).ToDictionary(
            provider => provider.Provider, provider => provider.Rates);
    }

    /// <summary>One pair from every provider, with statistics and the published figures behind each rate.</summary>
    /// <param name="baseCurrency">1 base = rate quote.</param>
    /// <param name="quoteCurrency">The quote.</param>
    /// <param name="providers">Keys of the providers; null or empty for all that may enter a blend.</param>
    /// <param name="date">A day; null for the latest.</param>
    /// <param name="policy">The name of a policy, which chooses providers and day; null for none.</param>
    /// <param name="knownAt">Rates as the service knew them at this instant, before later corrections; null for now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<PairRates> GetPairAsync(
        string baseCurrency, string quoteCurrency, IReadOnlyList<string>? providers = null, DateOnly? date = null,
        string? policy = null, DateTimeOffset? knownAt = null, CancellationToken cancellationToken = default) => GetAsync(
        new QueryText($"v1/rates/{Uri.EscapeDataString(baseCurrency)}/{Uri.EscapeDataString(quoteCurrency)}")
            .Add("providers", providers ?? []).Add("date", date).Add("policy", policy).Add("knownAt", knownAt),
        ClientJson.Default.PairRates,
        cancellationToken);

    /// <summary>Converts one amount.</summary>
    /// <param name="amount">The amount, in units of <paramref name="from"/>.</param>
    /// <param name="from">The currency to convert from.</param>
    /// <param name="to">The currency to convert to.</param>
    /// <param name="settings">Providers, day and rounding; null for the service's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Conversion> ConvertAsync(
        decimal amount, string from, string to, ConversionSettings? settings = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Add(new QueryText("v1/convert").Add("from", from).Add("to", to).Add("amount", amount.ToString(CultureInfo.InvariantCulture)),
                settings),
            ClientJson.Default.Conversion,
            cancellationToken);

    /// <summary>
    /// Converts any number of amounts, a thousand in each request. An amount that cannot be converted has its
    /// <see cref="Conversion.Error"/>; the others are converted.
    /// </summary>
    public async Task<IReadOnlyList<Conversion>> ConvertAsync(
        IEnumerable<AmountToConvert> amounts, ConversionSettings? settings = null, CancellationToken cancellationToken = default)
    {
        const int most = 1000;
        var all = new List<Conversion>();
        foreach (var rows in amounts.Chunk(most))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Add(new QueryText("v1/convert"), settings).ToString())
            {
                Content = JsonContent.Create(rows, ClientJson.Default.IReadOnlyListAmountToConvert),
            };
            var answer = await SendAsync(request, ClientJson.Default.IReadOnlyListConversion, cancellationToken);
            var before = all.Count;
            all.AddRange(answer.Answer.Select(one => one with { Row = one.Row + before, ReceivedAt = answer.At }));
        }

        return all;
    }

    /// <summary>Every provider of the service.</summary>
    public Task<IReadOnlyList<ProviderInfo>> GetProvidersAsync(CancellationToken cancellationToken = default) =>
        GetListAsync("v1/providers", ClientJson.Default.IReadOnlyListProviderInfo, cancellationToken);

    /// <summary>Every currency that the service knows.</summary>
    public Task<IReadOnlyList<CurrencyInfo>> GetCurrenciesAsync(CancellationToken cancellationToken = default) =>
        GetListAsync("v1/currencies", ClientJson.Default.IReadOnlyListCurrencyInfo, cancellationToken);

    /// <summary>True for an exception which says that the service did not answer, or not in time.</summary>
    internal static bool IsUnreachable(Exception failure) => failure is HttpRequestException or ExecutionRejectedException or IOException;

    private static QueryText Text(string path, RatesQuery query, Selection? select) => new QueryText(path)
        .Add("base", query.Base).Add("quotes", query.Quotes).Add("providers", query.Providers).Add("select", select)
        .Add("date", query.Date).Add("knownAt", query.KnownAt);

    private static QueryText Add(QueryText text, ConversionSettings? settings) => settings is null ? text : text
        .Add("providers", settings.Providers).Add("select", settings.Select).Add("date", settings.Date).Add("knownAt", settings.KnownAt)
        .Add("round", (settings.RoundToMinorUnit, settings.Round) switch
        {
            (true, null) => "minor",
            (true, _) => throw new ArgumentException("Round and RoundToMinorUnit cannot both be set", nameof(settings)),
            _ => settings.Round?.ToString(CultureInfo.InvariantCulture),
        })
        .Add("rounding", settings.Rounding switch
        {
            null => null,
            ConversionRounding.HalfUp => "half-up",
            ConversionRounding.HalfEven => "half-even",
            ConversionRounding.Up => "up",
            ConversionRounding.Down => "down",
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Rounding, "It is no known way to round"),
        })
        .Add("policy", settings.Policy);

    private async Task<T> GetAsync<T>(QueryText query, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : RatesAnswer
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, query.ToString());
        var (answer, at) = await SendAsync(request, type, cancellationToken);
        return answer with { ReceivedAt = at };
    }

    private async Task<IReadOnlyList<T>> GetListAsync<T>(
        string path, JsonTypeInfo<IReadOnlyList<T>> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return (await SendAsync(request, type, cancellationToken)).Answer;
    }

    private async Task<(T Answer, DateTimeOffset At)> SendAsync<T>(
        HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken);
        try
        {
            var answer = await response.Content.ReadFromJsonAsync(type, cancellationToken)
                ?? throw new JsonException("The answer is null");
            request.Options.TryGetValue(KeptAnswersHandler.ConfirmedAt, out var at);
            return (answer, at);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            throw Unreadable(request, unreadable);
        }
        catch (IOException cut)
        {
            throw Cut(cut);
        }
    }

    private HttpRequestException Unreadable(HttpRequestMessage request, Exception why) =>
        new($"{http.BaseAddress} answers {request.RequestUri} in a form that cannot be read; is it a Rates service?", why);

    private HttpRequestException Cut(IOException why) => new($"{http.BaseAddress} did not send its answer to the end", why);

    // Gives the answer as soon as its headers are there.
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (ExecutionRejectedException late)
        {
            throw new HttpRequestException($"{http.BaseAddress} did not answer in time", late);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new RatesProblemException(response, await ProblemAsync(response, cancellationToken));
        }
    }

    private static async Task<ProblemBody?> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return null;
        }

        try
        {
            return await response.Content.ReadFromJsonAsync(ClientJson.Default.ProblemBody, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
