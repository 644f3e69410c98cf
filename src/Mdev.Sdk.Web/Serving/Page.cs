using System.Security.Cryptography;
using System.Text;

namespace Mdev.Sdk.Web.Serving;

/// <summary>The page: one file that needs no other.</summary>
internal static class Page
{
    /// <summary>As it is sent.</summary>
    public static byte[] Bytes { get; } = Read();

    /// <summary>What a browser lets it do: run its own script, by its hash, and talk to where it came from.</summary>
    public static string Policy { get; } = string.Join("; ",
        "default-src 'none'", $"script-src '{HashOf("script")}'", $"style-src '{HashOf("style")}'", "connect-src 'self'", "img-src 'self' data:",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'");

    private static byte[] Read()
    {
        using Stream stream = typeof(Page).Assembly.GetManifestResourceStream("page.html")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Of all between the tags, as it is. Source: CSP 3, "Does element match source list for type and source?".
    private static string HashOf(string element)
    {
        string page = Encoding.UTF8.GetString(Bytes), open = $"<{element}>";
        int start = page.IndexOf(open, StringComparison.Ordinal) + open.Length;
        string content = page[start..page.IndexOf($"</{element}>", start, StringComparison.Ordinal)];
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";
    }
}
