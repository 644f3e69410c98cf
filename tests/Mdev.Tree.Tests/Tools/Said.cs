namespace Mdev.Tree.Tests.Tools;

/// <summary>What a tool said, and its exit status.</summary>
internal sealed record Said(int Status, string Output, string Error)
{
    /// <summary>Its output, of a tool that had to succeed.</summary>
    public string Text
    {
        get
        {
            Assert.True(Status == 0 && Error == "", $"status {Status}: {Error}{Output}");
            return Output;
        }
    }
}
