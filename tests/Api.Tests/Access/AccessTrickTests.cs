using System.Net;
using System.Text;
using System.Text.Json;
using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>Attempts to get past the access rules.</summary>
public sealed class AccessTrickTests
{
    private const string Password = "correct horse battery";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/v1/rates")]
    [InlineData("GET", "/V1/RATES")]
    [InlineData("GET", "/v1/rates/")]
    [InlineData("GET", "//v1/rates")]
    [InlineData("GET", "/v1//rates")]
    [InlineData("GET", "/v1/./rates")]
    [InlineData("GET", "/health/../v1/rates")]
    [InlineData("GET", "/health/%2e%2e/v1/rates")]
    [InlineData("GET", "/health/..%2fv1/rates")]
    [InlineData("GET", "/health%2f..%2fv1%2frates")]
    [InlineData("GET", "/HEALTH/../v1/ops/users")]
    [InlineData("GET", "/v1%2frates")]
    [InlineData("GET", "/%76%31/rates")]
    [InlineData("GET", "/v1/rates;x=/health/live")]
    [InlineData("GET", "/v1/ops/users")]
    [InlineData("GET", "/v1/OPS/Users")]
    [InlineData("GET", "/v1/ops/users/")]
    [InlineData("GET", "/v1/ops%2fusers")]
    [InlineData("GET", "/ops")]
    [InlineData("GET", "/OPS?tab=keys")]
    [InlineData("GET", "/ops.js")]
    [InlineData("GET", "http://x/v1/rates")]
    [InlineData("HEAD", "/v1/rates")]
    [InlineData("HEAD", "/v1/ops/users")]
    [InlineData("OPTIONS", "/v1/ops/users")]
    [InlineData("POST", "/v1/ops/schedules/ecb/run")]
    [InlineData("PUT", "/v1/ops/users/eve")]
    [InlineData("TRACE", "/v1/rates")]
    [InlineData("get", "/v1/rates")]
    public async Task No_spelling_of_a_path_and_no_method_answers_a_stranger(string method, string target)
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store(), ("Rates:Access:OpenReads", "false"));
        var directory = api.Services.GetRequiredService<AccessDirectory>();
        await Eventually.IsAsync(() => directory.Current is not null, Token);
        string[] headers =
        [
            "", "X-HTTP-Method-Override: GET\r\n", "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n",
            "X-Original-URL: /health/live\r\nX-Rewrite-URL: /health/live\r\n", "Authorization:\r\n", "X-Api-Key:\r\n",
        ];

        foreach (var more in headers)
        {
            var answer = await api.ExchangeAsync($"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n");

            Assert.True(IsRefused(answer), $"{method} {target} with '{more}' answers {answer}");
            Assert.DoesNotContain("1.1634", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_many_guesses_that_are_sent_at_once_only_a_few_are_tried()
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "anna", AccessRole.Ops);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async guess =>
        {
            using var wrong = await AccessTests.SendAsync(api, "GET", "/v1/ops/me", AccessTests.Basic("anna", $"guess number {guess}"));
            return wrong.StatusCode;
        }));

        Assert.Equal(5, answers.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(95, answers.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Wrong_keys_do_not_shut_out_the_owner_of_a_right_one()
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        using var made = await AccessTests.SendAsync(
            api, "POST", "/v1/ops/keys", AccessTests.Basic("root", Password), """{"label":"shop","role":"ops"}""");
        var key = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("key").GetString()!;
        HttpStatusCode last = default;
        for (var guess = 0; guess < 100 && last != HttpStatusCode.TooManyRequests; guess++)
        {
            var wrong = $"{key[..^4]}{guess:0000}";
            using var answer = await AccessTests.SendAsync(api, "GET", "/v1/ops/me", new("Bearer", wrong));
            last = answer.StatusCode;
        }

        using var right = await AccessTests.SendAsync(api, "GET", "/v1/ops/me", new("Bearer", key));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (last, right.StatusCode));
    }

    [Theory]
    [InlineData("same-origin", "https://rates.example", HttpStatusCode.Created)] // the proxy before us has replaced the host's name
    [InlineData("none", null, HttpStatusCode.Created)]
    [InlineData("same-site", "https://other.rates.example", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", null, HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "http://localhost", HttpStatusCode.Forbidden)]
    [InlineData(null, "http://localhost", HttpStatusCode.Created)]
    [InlineData(null, "http://localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "null", HttpStatusCode.Forbidden)]
    public async Task A_browser_changes_something_only_from_our_own_page(string? site, string? origin, HttpStatusCode status)
    {
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ops/keys");
        request.Content = new StringContent("""{"label":"x","role":"read"}""", Encoding.UTF8, "application/json");
        request.Headers.Authorization = AccessTests.Basic("root", Password);
        foreach (var (name, value) in new[] { ("Sec-Fetch-Site", site), ("Origin", origin) })
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        using var response = await api.CreateClient().SendAsync(request, Token);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Rates_are_answered_while_passwords_are_checked()
    {
        await using var api = await KestrelApi.StartAsync(Sample.Store());
        var directory = api.Services.GetRequiredService<AccessDirectory>();
        await Eventually.IsAsync(() => directory.Current is not null, Token);
        await api.Services.GetRequiredService<AccessStore>().EditUserAsync(
            "slow", 0, new() { Role = AccessRole.Ops, Password = new PasswordHasher(5_000_000).Hash(Password) }, "test", "made", Token);
        await directory.RefreshAsync(Token);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"slow:{Password}"));

        var slow = api.ExchangeAsync(
            $"GET /v1/ops/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic {credentials}\r\n\r\n");
        var answered = 0;
        while (!slow.IsCompleted)
        {
            var answer = await api.ExchangeAsync("GET /v1/rates?quotes=USD HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
            answered++;
        }

        Assert.StartsWith("HTTP/1.1 200", await slow, StringComparison.Ordinal);
        Assert.True(answered > 1, $"{answered} reads were answered meanwhile");
    }

    private static bool IsRefused(string answer) => answer.Split(' ') is [_, "400" or "401" or "403" or "404" or "405" or "501", ..]
        || (answer.StartsWith("HTTP/1.1 204", StringComparison.Ordinal) && answer.Contains("Allow:", StringComparison.Ordinal));
}
