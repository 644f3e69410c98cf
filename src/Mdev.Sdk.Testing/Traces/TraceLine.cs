namespace Mdev.Sdk.Testing.Traces;

/// <summary>One recorded operation and its result: <c>OPERATION -&gt; RESULT</c>.</summary>
/// <param name="Number">Line of the file, from 1.</param>
/// <param name="Operation">The operation with its arguments.</param>
/// <param name="Result">What the recorded device answered.</param>
public sealed record TraceLine(int Number, string Operation, string Result)
{
    private readonly string[] _words = Operation.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The operation's name.</summary>
    public string Name => _words[0];

    /// <summary>Number of arguments.</summary>
    public int Arguments => _words.Length - 1;

    /// <summary>An argument.</summary>
    /// <param name="index">From 0.</param>
    public string Text(int index) => index < Arguments
        ? _words[index + 1]
        : throw new FormatException($"Line {Number}, \"{Operation}\", has no argument {index + 1}.");

    /// <summary>An argument that is a decimal number.</summary>
    /// <param name="index">From 0.</param>
    public uint Value(int index) => uint.TryParse(Text(index), out uint value)
        ? value
        : throw new FormatException($"Line {Number}, \"{Operation}\": argument {index + 1} is no number.");

    /// <summary>An argument that is bytes in hexadecimal.</summary>
    /// <param name="index">From 0.</param>
    public byte[] Bytes(int index) => Convert.FromHexString(Text(index));
}
