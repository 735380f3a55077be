using Microsoft.Extensions.Configuration;
using Rates.Providers;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Whatever a source does, a request of it ends in time, in bounds, with a reason, and without a call too many.</summary>
[Collection(Alone.Name)]
public sealed partial class ProviderHttpTests : IAsyncLifetime
{
    private const int Times = 10;

    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly FastTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:00:00Z"), Times);
    private readonly FetchSession _session = new(retries: true, TimeSpan.Zero);

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _upstream.DisposeAsync();

    [Theory]
    [InlineData("coded gzip")]
    [InlineData("coded br")]
    [InlineData("coded deflate")]
    public async Task A_packed_body_is_unpacked(string fault)
    {
        _upstream["ecb"].Always(Fault.Parse(fault));

        var answer = await SendAsync();

        Assert.Equal(EcbDocument.Of(Day).Body, answer.Body!.Bytes.ToArray());
        Assert.True(answer.Body.EndsKnown);
    }

    [Fact]
    public async Task A_packed_body_cut_at_any_place_never_passes_for_a_whole_one()
    {
        for (var cut = 12; cut < 300; cut += 7)
        {
            _upstream["ecb"].Always(new(FaultKind.CodedCut, $"{cut}"));
            using var http = Http();
            try
            {
                var answer = await SendAsync(http, Provider(), FetchValidators.None);

                Assert.False(answer.Body!.EndsKnown);
                Assert.ThrowsAny<ProviderException>(() => Provider().Read(answer.Body));
            }
            catch (ProviderException problem)
            {
                Assert.Equal(ProviderFault.Unreadable, problem.Fault);
            }
        }
    }

    [Fact]
    public async Task A_body_cut_at_any_place_never_passes_for_a_whole_one()
    {
        var whole = Provider().Read((await SendAsync()).Body!).Observations;
        var length = EcbDocument.Of(Day).Body.Length;
        for (var cut = 0; cut < length; cut += 23)
        {
            _upstream["ecb"].Always(new(FaultKind.Truncated, $"{cut}"));
            var answer = await SendAsync();

            Assert.False(answer.Body!.EndsKnown);
            Assert.ThrowsAny<ProviderException>(() => Provider().Read(answer.Body));
        }

        _upstream["ecb"].Always(new(FaultKind.CloseDelimited));
        Assert.Equal(whole, Provider().Read((await SendAsync()).Body!).Observations);
    }

    [Fact]
    public async Task A_status_that_means_nothing_published_is_an_empty_answer()
    {
        _upstream["nb"].Always(new(FaultKind.Status, "404"));
        var provider = Provider("nb");

        var answer = await SendAsync(Http(), provider, FetchValidators.None);

        Assert.Null(answer.Body);
        Assert.False(answer.NotModified);
    }

    [Fact]
    public async Task A_conditional_request_that_is_confirmed_brings_no_body()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day, etag: "\"a1\""));
        var first = await SendAsync();

        var second = await SendAsync(Http(), Provider(), new(first.ETag, first.LastModified, null, null));

        Assert.Equal("\"a1\"", first.ETag);
        Assert.True(second is { NotModified: true, Body: null });
    }

    [Theory]
    [InlineData("Query", "apikey", "", "eurofxref-daily.xml?apikey=s%2Fecret%26key", null)]
    [InlineData("Header", "Authorization", "Token ", "eurofxref-daily.xml", "Token s/ecret&key")]
    public async Task A_credential_is_added_when_the_request_is_sent_and_stays_out_of_what_is_kept(
        string place, string name, string prefix, string path, string? header)
    {
        var answer = await SendAsync(
            Http(), Provider("ecb", ($"Credential:{place}", name), ("Credential:Prefix", prefix), ("Key", "s/ecret&key")),
            FetchValidators.None);

        var call = Assert.Single(_upstream.CallsOf("ecb"));
        Assert.Equal(path, call.Path);
        Assert.Equal(header, call.Headers.GetValueOrDefault("Authorization"));
        Assert.DoesNotContain("ecret", answer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("me@x.example:s/e:t", "eurofxref-daily.xml?user=me%40x.example&pass=s%2Fe%3At")]
    [InlineData("me", "eurofxref-daily.xml?user=me&pass=")]
    public async Task User_and_password_are_parameters_of_their_own(string key, string path)
    {
        await SendAsync(
            Http(), Provider("ecb", ("Credential:Query", "pass"), ("Credential:User", "user"), ("Key", key)), FetchValidators.None);

        Assert.Equal(path, Assert.Single(_upstream.CallsOf("ecb")).Path);
    }

    [Fact]
    public async Task Requests_say_who_asks_and_what_for()
    {
        await SendAsync(Http(), Provider("ecb", ("Headers:X-Wanted", "yes")), FetchValidators.None);

        var headers = Assert.Single(_upstream.CallsOf("ecb")).Headers;
        Assert.Equal($"Rates/{typeof(ProviderTable).Assembly.GetName().Version!.ToString(2)}", headers["User-Agent"]);
        Assert.Equal("*/*", headers["Accept"]);
        Assert.Equal("yes", headers["X-Wanted"]);
    }

    [Fact]
    public async Task A_post_is_sent_as_utf8_and_cookies_of_a_step_come_back()
    {
        _upstream["ecb"].Next(new Fault(FaultKind.Status, "200 Set-Cookie: session=42; Path=/"));
        using var http = Http();
        await SendAsync(http, Provider(), FetchValidators.None);

        await http.SendAsync(
            Provider(), new("POST", "query.asmx") { Body = "<a>é</a>", ContentType = "text/xml" }, FetchValidators.None, _session,
            TestContext.Current.CancellationToken);

        var call = _upstream.CallsOf("ecb")[1];
        Assert.Equal(
            ("POST", "<a>é</a>", "text/xml; charset=utf-8", "session=42"),
            (call.Method, call.Body, call.Headers["Content-Type"], call.Headers["Cookie"]));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("86400", 86_400)]
    [InlineData("9999999", 86_400)]
    [InlineData("Thu, 01 Jan 2026 00:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task Retry_after_is_read_and_capped(string value, int? seconds)
    {
        _upstream["ecb"].Always(new(FaultKind.Status, $"429 Retry-After: {value}"));

        var problem = await FailsAsync();

        Assert.Equal(seconds is { } number ? TimeSpan.FromSeconds(number) : null, problem.RetryAfter);
    }

    [Fact]
    public async Task A_cancelled_request_ends_as_cancelled()
    {
        _upstream["ecb"].Always(new(FaultKind.Silence));
        using var cancelled = new CancellationTokenSource();
        using var http = Http();
        var sending = http.SendAsync(Provider(), new("GET", "eurofxref-daily.xml"), FetchValidators.None, _session, cancelled.Token);

        await cancelled.CancelAsync();

        // A deadline would be reported as the source's fault.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    /// <summary>Deadlines that this fast clock cannot bring about on a slow machine.</summary>
    private static WorkerOptions Patient =>
        new() { AllowPrivateAddresses = true, HeadersDeadline = TimeSpan.FromMinutes(1), Deadline = TimeSpan.FromMinutes(2) };

    private ProviderHttp Http() => new(Patient, new(Patient), _time);

    private RateProvider Provider(string key = "ecb", params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{key}:Address", _upstream.AddressOf(key).AbsoluteUri)])
            .AddInMemoryCollection([.. settings.Select(setting => KeyValuePair.Create($"{key}:{setting.Name}", (string?)setting.Value))])
            .Build();
        var shipped = ProviderCatalog.Shipped().Find(key)!;
        return shipped.With(ProviderBlock.Of(shipped.GetType(), configuration.GetSection(key)));
    }

    private async Task<ProviderResponse> SendAsync()
    {
        using var http = Http();
        return await SendAsync(http, Provider(), FetchValidators.None);
    }

    private Task<ProviderResponse> SendAsync(ProviderHttp http, RateProvider provider, FetchValidators condition) =>
        http.SendAsync(
            provider, provider.Requests(Core.FetchWindow.Of(Day, Day)).First(), condition, _session, TestContext.Current.CancellationToken);

    private async Task<ProviderException> FailsAsync(params (string Name, string Value)[] settings)
    {
        using var http = Http();
        return await Assert.ThrowsAsync<ProviderException>(() => SendAsync(http, Provider("ecb", settings), FetchValidators.None));
    }
}
