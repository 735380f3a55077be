using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Passwords and keys stand nowhere but where their owner put them.</summary>
public sealed class SecretsTests
{
    private const string Second = "canary-of-the-second-password";
    private const string Guess = "canary-of-a-wrong-guess";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_log_answer_or_file_of_the_store_holds_a_password_or_a_key()
    {
        var log = new LogLines();
        await using var api = new ApiFixture();
        await AccessTests.SignedUpAsync(api, "root", AccessRole.Admin);
        await using var watched = api.WithWebHostBuilder(builder => builder
            .UseSetting("Rates:DataFolder", Path.Combine(api.Folder.FullName, "watched"))
            .UseSetting("Logging:LogLevel:Default", "Debug")
            .ConfigureTestServices(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log))));
        var folder = Path.Combine(api.Folder.FullName, "watched");
        var client = watched.CreateClient();
        await Rates.Testing.Eventually.IsAsync(() => watched.Services.GetRequiredService<AccessDirectory>().Current is not null, Token);
        var generated = (await File.ReadAllTextAsync(Path.Combine(folder, "admin-password"), Token)).Trim();
        client.DefaultRequestHeaders.Authorization = AccessTests.Basic("admin", generated);
        StringBuilder answers = new();

        await AskAsync("PUT", "/v1/ops/users/anna", $$"""{"role":"ops","password":"{{Second}}"}""");
        await AskAsync("PUT", "/v1/ops/users/anna", $$"""{"role":"boss","password":"{{Second}}"}""");
        var answer = await AskAsync("POST", "/v1/ops/keys", """{"label":"shop","role":"ops"}""", isKept: false);
        var made = JsonDocument.Parse(answer).RootElement;
        var key = made.GetProperty("key").GetString()!;
        foreach (var path in new[] { "/v1/ops/users", "/v1/ops/keys", "/v1/ops/audit", "/ops?tab=keys", "/ops?tab=audit" })
        {
            await AskAsync("GET", path, null);
        }

        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await AskAsync("GET", "/v1/ops/me", null);
        await AskAsync("GET", "/v1/ops/users", null);
        client.DefaultRequestHeaders.Authorization = AccessTests.Basic("anna", Guess);
        await AskAsync("GET", "/v1/ops/me", null);

        var stored = string.Concat(
            Directory.EnumerateFiles(folder, "rates.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(Bytes));
        Assert.Contains("pbkdf2-sha256", stored, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains("Wrong credentials of user 'anna'", StringComparison.Ordinal));
        foreach (var secret in new[] { generated, Second, Guess, key[^43..] })
        {
            Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, answers.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("pbkdf2", answers.ToString(), StringComparison.Ordinal);

        async Task<string> AskAsync(string method, string path, string? body, bool isKept = true)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await client.SendAsync(request, Token);
            var text = await response.Content.ReadAsStringAsync(Token);
            answers.Append(response.Headers).Append(isKept ? text : "");
            return text;
        }
    }

    // The store has the file open.
    private static string Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
