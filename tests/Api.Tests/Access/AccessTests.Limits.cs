using System.Net;
using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>How many requests and how many wrong credentials are answered.</summary>
public sealed partial class AccessTests
{
    [Fact]
    public async Task A_key_answers_with_its_own_providers_and_within_its_own_limit()
    {
        await using var api = new ApiFixture();
        await SignedUpAsync(api, "root", AccessRole.Admin);
        using var made = await SendAsync(api, "POST", "/v1/ops/keys", Basic("root", Password),
            """{"label":"till","role":"read","defaultProviders":["boc"],"requestsPerMinute":2}""");
        var secret = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("key").GetString()!;

        var own = await (await SendAsync(api, "GET", "/v1/rates?quotes=USD", new("Bearer", secret))).Content.ReadAsStringAsync(Token);
        using var byHeader = await api.GetAsync("/v1/rates?quotes=USD&providers=ecb", ("X-Api-Key", secret));
        using var third = await SendAsync(api, "GET", "/v1/rates?quotes=USD", new("Bearer", secret));

        Assert.Equal(["boc"], JsonDocument.Parse(own).RootElement.GetProperty("providers").EnumerateArray().Select(provider =>
            provider.GetProperty("provider").GetString()));
        Assert.Contains("\"ecb\"", await byHeader.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)429, third.StatusCode);
        Assert.Equal("30", third.Headers.RetryAfter!.ToString());
    }

    [Fact]
    public async Task Guesses_are_limited_by_user_and_do_not_lock_out_who_is_signed_in()
    {
        await using var api = new ApiFixture();
        await SignedUpAsync(api, "anna", AccessRole.Ops);
        using var first = await SendAsync(api, "GET", "/v1/ops/me", Basic("anna", Password));

        List<HttpStatusCode> answers = [];
        for (var guess = 0; guess < 100 && !answers.Contains((HttpStatusCode)429); guess++)
        {
            using var wrong = await SendAsync(api, "GET", "/v1/ops/me", Basic("anna", $"guess number {guess}"));
            answers.Add(wrong.StatusCode);
        }

        using var still = await SendAsync(api, "GET", "/v1/ops/me", Basic("anna", Password));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 5)], answers.Take(5));
        Assert.Equal((HttpStatusCode)429, answers[^1]);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_right_password_that_comes_with_many_requests_at_once_is_checked_once_for_all()
    {
        await using var api = new ApiFixture();
        await SignedUpAsync(api, "anna", AccessRole.Ops, iterations: PasswordHasher.Recommended);

        // Checked one after the other these would wait for longer than any may.
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ =>
        {
            using var answer = await SendAsync(api, "GET", "/v1/ops/me", Basic("anna", Password));
            return answer.StatusCode;
        }));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task An_address_without_credentials_is_limited_where_that_is_set()
    {
        await using var api = new ApiFixture(null, ("Rates:Access:RequestsPerMinute", "2"));

        await api.TextAsync("/v1/rates");
        await api.TextAsync("/v1/providers");

        await api.ProblemAsync("/v1/rates", (HttpStatusCode)429);
        await api.TextAsync("/health/live");
    }
}
