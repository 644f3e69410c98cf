using System.Text;
using Mdev.Sdk.Management;

namespace Mdev.Sdk.Tests.Management;

/// <summary>Files that people write: what is read, and how a mistake is named.</summary>
public sealed class DefinitionReaderTests
{
    private static readonly Guid s_uuid = new("83b8f4f2-509f-382f-3c1e-000000000001");

    [Fact]
    public void Order_and_repetition_of_attributes_are_kept()
    {
        Definition definition = Read("""
            {"mdev_type":"mtty-1","start":"auto","attrs":[{"assign_adapter":"5"},{"assign_adapter":"6"},{"a/b":""}]}
            """);
        Assert.Equal(("mtty", s_uuid, "mtty-1", true), (definition.Parent, definition.Uuid, definition.Type, definition.IsAuto));
        Assert.Equal([new("assign_adapter", "5"), new("assign_adapter", "6"), new("a/b", "")], definition.Attributes);
    }

    [Theory]
    [InlineData("""{"start":"manual","mdev_type":"t"}""")]
    [InlineData("""{ "mdev_type" : "t", "attrs" : [ ], "start" : "manual" }""")]
    [InlineData("\uFEFF{\"mdev_type\":\"t\",\"start\":\"manual\"}")]
    public void Attributes_may_be_left_out_and_members_stand_in_any_order(string text)
    {
        Definition definition = Read(text);
        Assert.Equal(("t", false, 0), (definition.Type, definition.IsAuto, definition.Attributes.Count));
    }

    // What mdevctl 1.4.0 wrote for the same device.
    [Fact]
    public void A_definition_is_written_as_mdevctl_writes_it()
    {
        var definition = new Definition("mtty", s_uuid, "mtty-1", isAuto: true, [new("ü/é\"\\", "a\u0001\n😀/"), new("b", "<'&+>")]);
        const string Expected = """
            {
              "mdev_type": "mtty-1",
              "start": "auto",
              "attrs": [
                {
                  "ü/é\"\\": "a\u0001\n😀/"
                },
                {
                  "b": "<'&+>"
                }
              ]
            }
            """;
        Assert.Equal(Expected, Encoding.UTF8.GetString(DefinitionJson.Write(definition)));
    }

    [Fact]
    public void An_empty_list_of_attributes_is_written_as_mdevctl_writes_it() => Assert.Equal(
        "{\n  \"mdev_type\": \"mtty-1\",\n  \"start\": \"manual\",\n  \"attrs\": []\n}",
        Encoding.UTF8.GetString(DefinitionJson.Write(new Definition("mtty", s_uuid, "mtty-1"))));

    [Fact]
    public void Members_that_are_not_known_survive_a_change()
    {
        Definition definition = Read("""{"mdev_type":"t","note":{"by":["me",1.50]},"start":"manual","x":null}""");
        string text = Encoding.UTF8.GetString(DefinitionJson.Write(definition with { IsAuto = true }));
        Assert.Equal(["note", "x"], Read(text).Others.Select(o => o.Key));
        Assert.Contains("1.50", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("hello", 1, "")]
    [InlineData("[]", 1, "object")]
    [InlineData("\"mtty-1\"", 1, "object")]
    [InlineData("{}", 1, "\"mdev_type\" is missing")]
    [InlineData("{\n  \"start\": \"auto\"\n}", 3, "\"mdev_type\" is missing")]
    [InlineData("{\n  \"mdev_type\": \"\",\n  \"start\": \"auto\"\n}", 4, "\"mdev_type\" is missing")]
    [InlineData("{\n  \"mdev_type\": \"t\"\n}", 3, "\"start\" is missing")]
    [InlineData("{\n  \"mdev_type\": 5\n}", 2, "\"mdev_type\" is a text")]
    [InlineData("{\n  \"mdev_type\": \"t\",\n  \"start\": \"boot\"\n}", 3, "not \"boot\"")]
    [InlineData("{\n  \"mdev_type\": \"t\",\n  \"start\": true\n}", 3, "\"start\" is a text")]
    [InlineData("{\n  \"mdev_type\": \"t\",\n  \"mdev_type\": \"t\"\n}", 3, "twice")]
    [InlineData("{\n \"mdev_type\": \"t\",\n \"attrs\": [],\n \"attrs\": []\n}", 4, "twice")]
    [InlineData("{\n \"attrs\": {}\n}", 2, "list of objects")]
    [InlineData("{\n \"attrs\": [\n  5\n ]\n}", 3, "list of objects")]
    [InlineData("{\n \"attrs\": [\n  {}\n ]\n}", 3, "list of objects")]
    [InlineData("{\n \"attrs\": [\n  {\"a\": \"b\", \"c\": \"d\"}\n ]\n}", 3, "list of objects")]
    [InlineData("{\n \"attrs\": [\n  {\"a\": 5}\n ]\n}", 3, "attribute \"a\" is a text")]
    [InlineData("{\n \"mdev_type\": \"t\",\n \"start\": \"auto\",\n}", 4, "trailing comma")]
    [InlineData("{\n \"mdev_type\": \"t\"\n \"start\": \"auto\"\n}", 3, "")]
    [InlineData("{\n \"mdev_type\": \"t\",\n \"start\": \"auto\"\n", 4, "")]
    [InlineData("{\n \"mdev_type\": \"t\",\n \"start\": \"auto\"\n}\n}", 5, "")]
    [InlineData("{\n // comment\n}", 2, "")]
    public void A_mistake_is_named_with_file_and_line(string text, int line, string what)
    {
        MdevException e = Assert.Throws<MdevException>(() => Read(text));
        Assert.Equal(Errno.EINVAL, e.Error);
        Assert.StartsWith($"/etc/x, line {line}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_named_with_file_and_line()
    {
        byte[] text = [.. "{\n \"mdev_type\": \""u8, 0xff, 0xfe, .. "\"}"u8];
        MdevException e = Assert.Throws<MdevException>(() => DefinitionReader.Read("/etc/x", "mtty", s_uuid, text));
        Assert.StartsWith("/etc/x, line 2: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_damaged_files_are_read_or_refused_with_their_name()
    {
        byte[] good = DefinitionJson.Write(new Definition("mtty", s_uuid, "mtty-1", isAuto: true, [new("a", "b"), new("ü", "😀")]));
        var random = new Random(20260923);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] bad = [.. good.Take(random.Next(2) == 0 ? good.Length : random.Next(good.Length))];
            for (int j = random.Next(4); j > 0 && bad.Length > 0; j--)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            try
            {
                _ = DefinitionReader.Read("/etc/x", "mtty", s_uuid, bad);
            }
            catch (MdevException e)
            {
                Assert.StartsWith("/etc/x, line ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static Definition Read(string text) => DefinitionReader.Read("/etc/x", "mtty", s_uuid, Encoding.UTF8.GetBytes(text));
}
