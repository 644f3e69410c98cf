using System.Text;
using System.Text.Encodings.Web;

namespace Mdev.Sdk.Management;

/// <summary>
/// Escapes what RFC 8259 section 7 says must be, and nothing else; so do the tools whose files are shared. .NET's own
/// encoders escape some of what a person writes in a name, and in other letters.
/// </summary>
internal sealed class PlainEncoder : JavaScriptEncoder
{
    public static PlainEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    // Sound: both pointers are the base class's own buffers, of the lengths it states.
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) =>
        new ReadOnlySpan<char>(text, textLength).IndexOfAny(s_escaped);

    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var room = new Span<char>(buffer, bufferLength);
        if (WillEncode(unicodeScalar))
        {
            string escaped = Escape(unicodeScalar);
            numberOfCharactersWritten = escaped.TryCopyTo(room) ? escaped.Length : 0;
        }
        else if (!new Rune(unicodeScalar).TryEncodeToUtf16(room, out numberOfCharactersWritten))
        {
            numberOfCharactersWritten = 0;
        }
        return numberOfCharactersWritten > 0;
    }

    private static readonly System.Buffers.SearchValues<char> s_escaped =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);

    private static string Escape(int character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\\u{character:x4}"),
    };
}
