using System.Text;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Writes lines at the depth of the open braces. Ends lines with \n everywhere: same input, same bytes.</summary>
internal sealed class IndentedWriter
{
    private const int Step = 4;

    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _opened;

    public void Line(string text = "")
    {
        if (text.Length > 0)
            _text.Append(' ', _depth * Step).Append(text);
        _text.Append('\n');
        _opened = false;
    }

    /// <summary>Writes a header and opens a block that <see cref="Close"/> ends.</summary>
    public void Open(string header)
    {
        Line(header);
        Open();
    }

    public void Open()
    {
        Line("{");
        _depth++;
        _opened = true;
    }

    /// <summary>An empty line between members: none before the first.</summary>
    public void Gap()
    {
        if (!_opened)
            Line();
    }

    /// <param name="ending">What follows the brace, a semicolon where a statement ends with the block.</param>
    public void Close(string ending = "")
    {
        _depth--;
        Line("}" + ending);
    }

    /// <summary>Goes one step in without a brace, for a line that goes on.</summary>
    public void Continued(string text)
    {
        _depth++;
        Line(text);
        _depth--;
    }

    public override string ToString() => _text.ToString();
}
