using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rates.Store;

namespace Rates.Api;

/// <summary>A part of a page, or what prevents it: one wrong value does not take the rest of the page away.</summary>
/// <param name="Value">The answer; null when there is a problem.</param>
/// <param name="Problem">The problem; null when there is an answer.</param>
internal sealed record PageAnswer<T>(T? Value, ProblemException? Problem)
    where T : class;

/// <summary>Reads answers of <c>/v1</c> for pages.</summary>
internal static class PageAnswers
{
    /// <summary>An answer of <c>/v1</c>, read.</summary>
    public static async Task<T> ReadAsync<T>(Task<ReadOnlyMemory<byte>> answer, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize((await answer).Span, type) ?? throw new InvalidOperationException("An answer of /v1 is null");

    /// <summary>Makes a part of a page, or takes what prevents it.</summary>
    public static async Task<PageAnswer<T>> TryAsync<T>(Func<Task<T>> make)
        where T : class
    {
        try
        {
            return new(await make(), null);
        }
        catch (ProblemException problem)
        {
            return new(null, problem);
        }
        catch (StoreUnavailableException)
        {
            return new(null, RatesProblems.StoreAway());
        }
    }
}

/// <summary>Reads the JSON of the answers that pages show.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RatesAnswer))]
[JsonSerializable(typeof(BlendedRates))]
[JsonSerializable(typeof(PairAnswer))]
[JsonSerializable(typeof(Conversion))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ProviderView>))]
[JsonSerializable(typeof(ProviderView))]
[JsonSerializable(typeof(CurrencyView))]
internal sealed partial class PageJson : JsonSerializerContext;
