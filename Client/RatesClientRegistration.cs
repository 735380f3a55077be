using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace Rates.Client;

/// <summary>Registers <see cref="RatesClient"/> with an application's services.</summary>
public static class RatesClientRegistration
{
    private const int MostRetries = 10;

    /// <summary>
    /// Registers <see cref="RatesClient"/>. Reads are tried again after a failure, with growing pauses; answers are kept with their
    /// entity tags. Wrong settings end the application's start with a message that names them.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the address, and what else differs from the defaults.</param>
    /// <returns>The builder of the HTTP client, to add handlers such as those of a proxy.</returns>
    public static IHttpClientBuilder AddRatesClient(this IServiceCollection services, Action<RatesClientOptions> configure)
    {
        services.AddOptions<RatesClientOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RatesClientOptions>, RatesClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new KeptAnswers(
            provider.GetRequiredService<IOptions<RatesClientOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.TryAddTransient<KeptAnswersHandler>();
        var builder = services.AddHttpClient<RatesClient>(SetUp).AddHttpMessageHandler<KeptAnswersHandler>();
        builder.AddStandardResilienceHandler().Configure((resilience, provider) =>
            Set(resilience, provider.GetRequiredService<IOptions<RatesClientOptions>>().Value));
        return builder;
    }

    private static void SetUp(IServiceProvider provider, HttpClient http)
    {
        var options = provider.GetRequiredService<IOptions<RatesClientOptions>>().Value;

        // A path in the address is kept only below a slash at its end.
        http.BaseAddress = new Uri($"{options.Address!.AbsoluteUri.TrimEnd('/')}/");

        // The resilience handler sets the limit; an event stream has none.
        http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        if (options.ApiKey.Length > 0)
        {
            http.DefaultRequestHeaders.Add("X-Api-Key", options.ApiKey);
        }
    }

    private static void Set(HttpStandardResilienceOptions resilience, RatesClientOptions options)
    {
        resilience.TotalRequestTimeout.Timeout = options.Timeout;
        resilience.AttemptTimeout.Timeout = options.TryTimeout;

        // The breaker wants a span of at least two tries to judge by.
        resilience.CircuitBreaker.SamplingDuration = options.TryTimeout * 4;
        resilience.Retry.MaxRetryAttempts = Math.Max(1, options.Retries);
        var isTransient = resilience.Retry.ShouldHandle;
        resilience.Retry.ShouldHandle = async failed =>
            options.Retries > 0 && WaitOf(failed.Outcome.Result) * options.Retries < options.Timeout && await isTransient(failed);
        resilience.Retry.Delay = TimeSpan.FromMilliseconds(200);
    }

    // Where the service asks to wait longer than a call may take, its refusal is given at once instead of a timeout later.
    private static TimeSpan WaitOf(HttpResponseMessage? refusal) => RatesProblemException.RetryAfterOf(refusal) ?? TimeSpan.Zero;

    /// <summary>Checks the settings of the client when the application starts.</summary>
    private sealed class RatesClientOptionsValidator : IValidateOptions<RatesClientOptions>
    {
        public ValidateOptionsResult Validate(string? name, RatesClientOptions options)
        {
            List<string> wrong =
            [
                .. Unless(options.Address is { IsAbsoluteUri: true, Scheme: "http" or "https" },
                    $"RatesClient: Address '{options.Address}' is no http or https address; set it to that of the Rates service"),
                .. Unless(options.TryTimeout > TimeSpan.Zero && options.TryTimeout <= options.Timeout,
                    $"RatesClient: TryTimeout {options.TryTimeout} is not between zero and Timeout {options.Timeout}"),
                .. Unless(options.AnswerTimeout > TimeSpan.Zero, $"RatesClient: AnswerTimeout {options.AnswerTimeout} is not above zero"),
                .. Unless(options.Retries is >= 0 and <= MostRetries, $"RatesClient: Retries {options.Retries} is not 0 to {MostRetries}"),
                .. Unless(options.KeptBytes >= 0, $"RatesClient: KeptBytes {options.KeptBytes} is below 0"),
                .. Unless(options.UseKeptFor >= TimeSpan.Zero, $"RatesClient: UseKeptFor {options.UseKeptFor} is below zero"),
            ];
            return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
        }

        private static IEnumerable<string> Unless(bool isRight, string problem) => isRight ? [] : [problem];
    }
}
