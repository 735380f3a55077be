using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The real application over a store in memory, at a standing clock, with a data folder of its own.</summary>
internal sealed class ApiFixture : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string?> _settings;

    public ApiFixture(InMemoryRates? store = null, params (string Name, string Value)[] settings)
    {
        Store = store ?? Sample.Store();
        _settings = settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value);
        // Most tests look at every provider of their store.
        if (!_settings.Keys.Any(name => name.StartsWith("Rates:Api:DefaultProviders", StringComparison.Ordinal)))
        {
            _settings["Rates:Api:DefaultProviders:0"] = "all";
        }

        if (_settings.TryAdd("Rates:DataFolder", ""))
        {
            _settings["Rates:DataFolder"] = Folder.FullName;
        }
    }

    public InMemoryRates Store { get; }

    public FakeTimeProvider Time { get; } = new(Sample.Now);

    /// <summary>Where the disk copy lies.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("rates-api-");

    /// <summary>What else a test replaces; null for nothing.</summary>
    public Action<IServiceCollection>? Change { get; init; }

    public RateBook Book => Services.GetRequiredService<CurrentBook>().Book;

    /// <summary>
    /// Waits for the start to be over and forgets what it asked of the store: whatever is asked from here on, the test asked.
    /// </summary>
    public async Task SettleAsync()
    {
        _ = Services;

        // Following hints is the last that a start does.
        await Eventually.IsAsync(() => Store.Watchers == 1, TestContext.Current.CancellationToken);
        Store.ForgetCalls();
    }

    public Task RefreshAsync() => Services.GetRequiredService<BookRefresher>().RefreshAsync(TestContext.Current.CancellationToken);

    public async Task<HttpResponseMessage> GetAsync(string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await CreateClient().SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A client. Answers that the OpenAPI document describes are as it says, in every test.</summary>
    public new HttpClient CreateClient() => CreateDefaultClient(new ContractHandler());

    /// <summary>The body of a 200.</summary>
    public async Task<string> TextAsync(string address, params (string Name, string Value)[] headers)
    {
        using var response = await GetAsync(address, headers);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {text}");
        return text;
    }

    public async Task<JsonElement> JsonAsync(string address) => JsonDocument.Parse(await TextAsync(address)).RootElement;

    /// <summary>The problem that an address is answered with.</summary>
    public async Task<JsonElement> ProblemAsync(string address, HttpStatusCode status, params (string Name, string Value)[] headers)
    {
        using var response = await GetAsync(address, headers);
        return await ProblemIn(response, status);
    }

    public static async Task<JsonElement> ProblemIn(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("requestId").GetString()!);
        return problem;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();

        // The program ends on a thread of its own, and only then gives up the lock of the embedded store: the next start in the
        // same folder must not come before.
        var lockFile = Path.Combine(_settings["Rates:DataFolder"]!, "rates.db.lock");
        await Eventually.IsAsync(() => IsFree(lockFile), CancellationToken.None);
        Folder.Delete(recursive: true);
    }

    private sealed class ContractHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.RequestMessage ??= request;
            await Contract.CheckAsync(response);
            return response;
        }
    }

    private static bool IsFree(string path)
    {
        try
        {
            using var file = File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            // The store's own start check would open the store that is replaced here.
            foreach (var check in services.Where(service => service.ServiceType == typeof(IHostedService)
                && service.ImplementationType?.Assembly == typeof(ISheetReader).Assembly).ToList())
            {
                services.Remove(check);
            }

            services.Replace(ServiceDescriptor.Singleton(new PasswordHasher(1000)));
            services.Replace(ServiceDescriptor.Singleton<ISheetReader>(Store));
            services.Replace(ServiceDescriptor.Singleton<IProviderReader>(Store));
            services.Replace(ServiceDescriptor.Singleton<IHistoryReader>(Store));
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
            Change?.Invoke(services);
        });
    }
}
