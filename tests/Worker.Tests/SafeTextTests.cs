using Rates.Providers;


namespace Rates.Worker.Tests;

/// <summary>Text of a source is harmless in a log.</summary>
public sealed class SafeTextTests
{
    [Fact]
    public void A_reason_is_one_line_without_control_or_direction_characters() =>
        Assert.Equal("a  b c d e", SafeText.Safe("a\r\nb\u001bc\u202ed\u2066e", ""));

    [Fact]
    public void A_reason_has_at_most_512_characters() => Assert.Equal(512, SafeText.Safe(new string('x', 10_000), "").Length);

    [Fact]
    public void A_key_is_taken_out_in_each_of_its_forms() =>
        Assert.Equal("k=*** and ***", SafeText.Safe("k=a%2Fb%3D and a/b=", "a/b="));

    [Fact]
    public void Passwords_in_addresses_are_secrets_of_a_provider() => Assert.Equal(
        "for *** and ***",
        SafeText.Safe("for one+pass and two", SafeText.SecretsOf(new ProviderBlock
        {
            Name = "x",
            Address = new("http://user:one%2Bpass@gateway.example/"),
            Addresses = { ["history"] = new("http://user:two@gateway.example/"), ["open"] = new("http://gateway.example/") },
        })));

    [Theory]
    [InlineData("a.user:pw:1", "*** and ***")]
    [InlineData("me:pw:1", "a.user and ***")]
    public void User_and_password_are_each_a_secret_and_a_short_user_is_none(string key, string expected) =>
        Assert.Equal(expected, SafeText.Safe("a.user and pw:1", SafeText.SecretsOf(new ProviderBlock
        {
            Credential = new() { User = "user", Query = "pass" },
            Key = key,
        })));

    [Fact]
    public void An_excerpt_keeps_its_lines() => Assert.Equal("a\n\tb ", SafeText.Excerpt("a\n\tb\0", ""));

    [Theory]
    [InlineData("key=a%2Fb= here")]
    [InlineData("key=a/b%3D here")]
    [InlineData("key=a%2fb%253d here")]
    [InlineData("key=a&#x2F;b&#61; here")]
    [InlineData("key=a\\/b= here")]
    [InlineData("key=a\\u002Fb\\u003d here")]
    public void A_secret_is_found_whichever_of_its_characters_are_encoded(string text) =>
        Assert.Equal("key=*** here", SafeText.Safe(text, "a/b="));

    [Theory]
    [InlineData("key=CANARY-OF-A-KEY here")]
    [InlineData("key=%63anary-of-a-k%65y here")]
    [InlineData("key=Y2FuYXJ5LW9mLWEta2V5 here")]
    public void A_secret_is_found_in_another_case_and_as_base64(string text) =>
        Assert.Equal("key=*** here", SafeText.Safe(text, "canary-of-a-key"));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("user:")]
    public void A_secret_is_found_within_the_base64_of_more(string before)
    {
        var text = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{before}canary-of-a-key:after"));

        var safe = SafeText.Safe(text, "canary-of-a-key");

        Assert.Contains("***", safe, StringComparison.Ordinal);
        Assert.True(safe.Length <= text.Length - 15, safe);
    }

    [Fact]
    public void Headers_that_hold_credentials_are_secrets_too()
    {
        var block = new ProviderBlock
        {
            Key = "main-key",
            Headers = new() { ["X-Api-Key"] = "canary-1234", ["Authorization"] = "Bearer canary-5678", ["Accept"] = "application/json" },
        };

        Assert.Equal(
            "*** *** *** application/json",
            SafeText.Excerpt("main-key canary-1234 canary-5678 application/json", SafeText.SecretsOf(block)));
    }
}
