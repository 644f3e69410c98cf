namespace Mdev.Tool.Tests.Verbs;

/// <summary>The JSON that programs read, byte for byte what mdevctl 1.4.0 prints for the same devices.</summary>
public sealed class JsonShapeTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Types()
    {
        _workplace.StartHost();
        Assert.Equal(
            """
            [
              {
                "mtty": [
                  {
                    "mtty-1": {
                      "available_instances": 24,
                      "device_api": "vfio-pci",
                      "name": "Single port serial"
                    }
                  },
                  {
                    "mtty-2": {
                      "available_instances": 12,
                      "device_api": "vfio-pci",
                      "name": "Dual port serial"
                    }
                  }
                ]
              }
            ]
            """,
            _workplace.Succeed("types", "--dumpjson"));
        Assert.Equal("[]", _workplace.Succeed("types", "-p", "nope", "--dumpjson"));
    }

    [Fact]
    public void Nothing_at_all()
    {
        Assert.Equal("[]", _workplace.Succeed("types", "--dumpjson"));
        Assert.Equal("[]", _workplace.Succeed("list", "--dumpjson"));
        Assert.Equal("[]", _workplace.Succeed("list", "-d", "--dumpjson"));
        Assert.Equal("[]", _workplace.Succeed("list", "-u", Workplace.One, "--dumpjson"));
    }

    [Fact]
    public void Active_devices()
    {
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        const string Expected = """
            [
              {
                "mtty": [
                  {
                    "83b8f4f2-509f-382f-3c1e-000000000001": {
                      "mdev_type": "mtty-1",
                      "start": "manual",
                      "attrs": []
                    }
                  }
                ]
              }
            ]
            """;
        Assert.Equal(WithoutAttributes(Expected), WithoutAttributes(_workplace.Succeed("list", "--dumpjson")));
        Assert.Equal(WithoutAttributes(Expected), WithoutAttributes(_workplace.Succeed("list", "-p", "mtty", "--dumpjson")));
    }

    [Fact]
    public void Defined_devices_of_several_parents()
    {
        _workplace.Succeed("define", "-p", "absent", "-t", "x-1", "-u", Workplace.One);
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-2", "-u", Workplace.One, "-a");
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.Two);
        _workplace.Succeed("modify", "-u", Workplace.Two, "--addattr", "c", "--value", "7\"x", "--addattr", "a/b", "--value", "5");
        Assert.Equal(
            """
            [
              {
                "absent": [
                  {
                    "83b8f4f2-509f-382f-3c1e-000000000001": {
                      "mdev_type": "x-1",
                      "start": "manual",
                      "attrs": []
                    }
                  }
                ],
                "mtty": [
                  {
                    "83b8f4f2-509f-382f-3c1e-000000000001": {
                      "mdev_type": "mtty-2",
                      "start": "auto",
                      "attrs": []
                    }
                  },
                  {
                    "83b8f4f2-509f-382f-3c1e-000000000002": {
                      "mdev_type": "mtty-1",
                      "start": "manual",
                      "attrs": [
                        {
                          "c": "7\"x"
                        },
                        {
                          "a/b": "5"
                        }
                      ]
                    }
                  }
                ]
              }
            ]
            """,
            _workplace.Succeed("list", "-d", "--dumpjson"));
    }

    [Fact]
    public void A_single_device_is_its_own_file()
    {
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One, "-a");
        _workplace.Succeed("modify", "-u", Workplace.One, "--addattr", "ü", "--value", "😀\n/");
        string shown = _workplace.Succeed("list", "-d", "-u", Workplace.One, "--dumpjson");
        Assert.Equal("{\n  \"mdev_type\": \"mtty-1\",\n  \"start\": \"auto\",\n  \"attrs\": [\n    {\n      \"ü\": \"😀\\n/\"\n    }\n  ]\n}", shown);
        Assert.Equal(shown, File.ReadAllText(_workplace.DefinitionOf(Workplace.One)));
    }

    // The sample may have attributes, which are no part of these shapes.
    private static string WithoutAttributes(string json) =>
        System.Text.RegularExpressions.Regex.Replace(json, "\"attrs\": \\[[^\\]]*\\]", "\"attrs\": []");
}
