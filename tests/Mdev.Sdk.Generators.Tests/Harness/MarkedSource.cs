using System.Text;

namespace Mdev.Sdk.Generators.Tests.Harness;

/// <summary>
/// Source that says where it is wrong: <c>{|MDEV201:0x04|}</c> is where a diagnostic stands, <c>{|+MDEV201:0x04|}</c> what
/// it shows beside.
/// </summary>
internal sealed record MarkedSource(string Text, IReadOnlyList<string> Expected)
{
    public static MarkedSource Parse(string marked)
    {
        var text = new StringBuilder();
        var expected = new List<string>();
        var open = new Stack<(string Id, int Start)>();
        for (int i = 0; i < marked.Length; i++)
        {
            if (marked.AsSpan(i).StartsWith("{|"))
            {
                int colon = marked.IndexOf(':', i);
                open.Push((marked[(i + 2)..colon], text.Length));
                i = colon;
            }
            else if (marked.AsSpan(i).StartsWith("|}"))
            {
                (string id, int start) = open.Pop();
                expected.Add(Describe(id, text.ToString(), start, text.Length));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        return new MarkedSource(text.ToString(), expected);
    }

    public static string Describe(string id, string text, int start, int end)
    {
        int line = text.AsSpan(0, start).Count('\n') + 1;
        return $"{id} line {line}: {text[start..end]}";
    }
}
