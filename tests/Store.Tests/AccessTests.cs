namespace Rates.Store.Tests;

/// <summary>Passwords and keys at rest.</summary>
public sealed class AccessTests
{
    private readonly PasswordHasher _hasher = new(1000);

    [Fact]
    public void A_password_is_known_again_and_another_is_not()
    {
        var stored = _hasher.Hash("correct horse");

        Assert.True(_hasher.Verify("correct horse", stored));
        Assert.False(_hasher.Verify("correct horsf", stored));
        Assert.False(_hasher.Verify("", stored));
        Assert.StartsWith("pbkdf2-sha256$1000$", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("correct", stored, StringComparison.Ordinal);
        Assert.NotEqual(stored, _hasher.Hash("correct horse"));
    }

    [Fact]
    public void A_hash_of_another_count_is_still_read() => Assert.True(new PasswordHasher(10).Verify("x", _hasher.Hash("x")));

    [Theory]
    [InlineData("")]
    [InlineData("pbkdf2-sha256$1000$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$-1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$0$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("md5$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_damaged_hash_lets_nobody_in(string stored) => Assert.False(_hasher.Verify("x", stored));

    [Fact]
    public void A_key_is_random_is_read_again_and_matches_its_digest_only()
    {
        var (one, other) = (KeyText.New(), KeyText.New());

        Assert.NotEqual(one.Text, other.Text);
        Assert.Equal(one, KeyText.Parse(one.Text));
        Assert.True(one.Matches(one.Digest));
        Assert.False(other.Matches(one.Digest));
        Assert.DoesNotContain(one.Text[^43..], one.Digest, StringComparison.Ordinal);
        Assert.Null(KeyText.Parse(one.Text[..^1]));
        Assert.Null(KeyText.Parse("x" + one.Text[1..]));
    }
}
