namespace Mdev.Sdk.Generators.Reading;

/// <summary>What the data register of an index and data pair asks of its index register.</summary>
/// <param name="Number">The index register's value, as an integer.</param>
/// <param name="Count">The first number that meets nothing: registers of an array, bytes of a block.</param>
/// <param name="Next">The statement that counts the index up; null where nothing does.</param>
/// <param name="Index">The enum that names the registers of an array, fully qualified; null for numbers.</param>
/// <param name="IsLimited">Whether an access of its own says which ways it is open, whatever handlers there are.</param>
internal sealed record WindowModel(string Number, long Count, string? Next, string? Index = null, bool IsLimited = false)
{
    /// <summary>Whether the index meets something.</summary>
    public string IsMet => $"{Number} < {Count.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
